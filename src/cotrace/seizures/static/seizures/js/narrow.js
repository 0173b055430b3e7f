/* A list of many boxes to tick gains a field that shows only those with the letters typed. Without it, all show. */
"use strict";

(() => {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  document.querySelectorAll("[data-narrows]").forEach((box) => {
    const choices = [...document.getElementById(box.dataset.narrows).children];
    const field = box.querySelector("input");
    box.hidden = false;
    field.addEventListener("input", () => {
      const wanted = plain(field.value.trim());
      choices.forEach((choice) => {
        const isTicked = choice.querySelector("input").checked;
        choice.hidden = !isTicked && !plain(choice.textContent).includes(wanted);
      });
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  });
})();
