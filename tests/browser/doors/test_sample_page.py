"""The sample page and the refusals in a real browser: both languages, both schemes, phone and desk.

A small site of its own, with the product's templates, static files and content policy and no database.
"""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.test import override_settings
from django.urls import path
from django.views.i18n import set_language
from playwright.sync_api import expect

import cotrace.doors
from cotrace.doors.furniture import SessionLock, SignedIn
from cotrace.doors.sample import sample_page
from cotrace.doors.sample.forms import SampleFilter
from tests.support.browser import DESK, PHONE, Visitor, faults, serving

pytestmark = [pytest.mark.browser, pytest.mark.full, pytest.mark.looks]

REFUSALS = ("400", "401", "403", "404", "410", "429", "500", "503", "csrf", "refused")

# ---- the small site ----


def refusal(request: HttpRequest, name: str) -> HttpResponse:
    return render(
        request, f"doors/errors/{name}.html", {"message": "A sample refusal.", "problems": ["Row 14"]}
    )


def confirm(request: HttpRequest) -> HttpResponse:
    context = {"title": "Close the sample?", "form": SampleFilter(), "back_url": "/", "act_label": "Close it"}
    return render(request, "doors/confirm.html", context)


def extend(request: HttpRequest) -> HttpResponse:
    """Give more time; send whoever is signed out to the sign-in page, as the product does."""
    return HttpResponseRedirect("/") if "ended" in request.GET else HttpResponse("more time")


def frame(request: HttpRequest) -> dict[str, object]:
    """Return what the product's context processor gives to `doors/base.html`."""
    entries = enumerate(("Today", "Seizures", "Trace requests"))
    return {
        "navigation": [
            SimpleNamespace(label=label, url=f"/?{place}", is_current=place == 1, count=place or None)
            for place, label in entries
        ],
        "signed_in": SignedIn(name="Sample Person", agency="Sample Agency", account_url="/?account"),
        "is_demo": True,
        "installation": "SAMPLE",
        "version": "0",
        "search_url": "/?search",
        "sign_out_url": "/?out",
        "session_lock": SessionLock(
            idle_seconds=int(request.GET.get("idle", 1800)),
            warn_seconds=int(request.GET.get("warn", 120)),
            extend_url="/extend?ended" if "ended" in request.GET else "/extend",
            locked_url="/refusals/401",
        ),
    }


urlpatterns = [
    path("", sample_page),
    path("refusals/<name>", refusal),
    path("confirm", confirm),
    path("extend", extend),
    path("language", set_language, name="set_language"),
]

SITE_SETTINGS = {
    "ROOT_URLCONF": __name__,
    "MIDDLEWARE": [
        "csp.middleware.CSPMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ],
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": ["django.template.context_processors.request", f"{__name__}.frame"]
            },
        }
    ],
    "STORAGES": {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
    "ALLOWED_HOSTS": ["127.0.0.1"],
}


@pytest.fixture(scope="module")
def spanish(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile the room's Spanish, so that the test needs no earlier build."""
    folder = tmp_path_factory.mktemp("locale")
    catalog = folder / "es" / "LC_MESSAGES" / "django.mo"
    catalog.parent.mkdir(parents=True)
    source = Path(cotrace.doors.__file__).parent / "locale/es/LC_MESSAGES/django.po"
    with source.open("rb") as po, catalog.open("wb") as mo:
        write_mo(mo, read_po(po, locale="es"))
    return folder


@pytest.fixture(scope="module")
def site(spanish: Path) -> Iterator[str]:
    """Serve the small site on a free port of this machine; the value is its address."""
    with (
        override_settings(**SITE_SETTINGS, LOCALE_PATHS=[spanish]),
        serving(StaticFilesHandler(get_wsgi_application())) as address,
    ):
        yield address


# ---- tests ----


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_component_is_clean_for_axe_policy_and_window(
    visit: Visitor, language: str, width: int, scheme: str
) -> None:
    page = visit("/", language=language, width=width, scheme=scheme)

    expect(page.locator("html")).to_have_attribute("lang", language)
    assert faults(page) == []


@pytest.mark.parametrize("address", [*(f"/refusals/{name}" for name in REFUSALS), "/confirm"])
def test_refusals_and_the_question_before_an_act_are_clean_on_a_phone_in_spanish(
    visit: Visitor, address: str
) -> None:
    page = visit(address, language="es", width=PHONE, scheme="dark")

    expect(page.locator("h1")).to_have_count(1)
    assert faults(page) == []


def test_the_open_help_and_the_open_menu_are_clean(visit: Visitor) -> None:
    page = visit("/", width=PHONE)

    page.get_by_role("button", name="Menu").click()
    assert faults(page) == []
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_be_hidden()
    page.keyboard.press("?")
    assert faults(page) == []


def test_the_policy_listener_would_notice_an_inline_style(visit: Visitor) -> None:
    page = visit("/")

    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')"
    )

    assert any(fault.startswith("policy: style-src") for fault in faults(page))
    page.problems.clear()


def test_a_blank_never_looks_like_a_zero(visit: Visitor) -> None:
    page = visit("/", language="es")

    cells = page.locator("#list").locator("xpath=..").locator("td.numeric")

    assert "0" in cells.all_inner_texts()
    assert "sin registro" in cells.all_inner_texts()
    styles = [
        page.locator(selector).first.evaluate("element => getComputedStyle(element).fontStyle")
        for selector in ("td .absent", "td .number")
    ]
    assert styles == ["italic", "normal"]


def test_the_keyboard_goes_skip_link_brand_search_person_then_navigation(visit: Visitor) -> None:
    page = visit("/confirm")
    stops = []
    for _ in range(9):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate("(document.activeElement.innerText || document.activeElement.name).trim()")
        )

    assert stops == [
        "Skip to the content", "Cotrace", "q", "Sample Person", "EN", "ES", "Sign out", "Today", "Seizures\n1",
    ]  # fmt: skip


def test_the_skip_link_leads_past_the_navigation(visit: Visitor) -> None:
    page = visit("/confirm")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.get_by_label("Number, place or note")).to_be_focused()


def test_a_wrong_form_takes_the_focus_and_leads_to_its_fields(visit: Visitor) -> None:
    page = visit("/")
    summary = page.get_by_role("alert")

    expect(summary).to_be_focused()
    summary.get_by_role("link", name="How was the number read?").click()

    expect(page.get_by_role("radio", name="By eye")).to_be_focused()


def test_slash_goes_to_the_search_and_letters_typed_there_move_nothing(visit: Visitor) -> None:
    page = visit("/")

    page.keyboard.press("/")
    page.keyboard.type("jk?")

    expect(page.get_by_label("A record's number, or words")).to_be_focused()
    expect(page.get_by_label("A record's number, or words")).to_have_value("jk?")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_j_and_k_walk_the_rows_and_enter_opens(visit: Visitor) -> None:
    page = visit("/")

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="SAMPLE-9XW1T-8")).to_be_focused()
    page.keyboard.press("Enter")

    assert page.url.endswith("#9XW1T-8")


def test_a_question_mark_shows_help_and_shortcuts_can_be_switched_off(visit: Visitor) -> None:
    page = visit("/")

    page.keyboard.press("?")
    page.get_by_label("Single-key shortcuts are on in this browser").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.reload()
    page.keyboard.press("?")

    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_record_number_is_copied_and_said(visit: Visitor) -> None:
    page = visit("/")

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy SAMPLE-7KQ4M-2").first.click()

    expect(page.locator("#announcer")).to_have_text("Copied: SAMPLE-7KQ4M-2")
    assert page.evaluate("navigator.clipboard.readText()") == "SAMPLE-7KQ4M-2"


def test_long_work_asks_until_it_has_ended_and_says_so(visit: Visitor) -> None:
    page = visit("/")
    expect(page.locator("#import-running")).to_contain_text("Running")

    expect(page.locator("#import-running")).to_contain_text("3,835 of 3,835 (100%)", timeout=6000)

    expect(page.locator("#announcer")).to_have_text("Import of a seizure log: Done")
    assert page.locator("#import-running[hx-get]").count() == 0
    assert faults(page) == []


def test_the_session_clock_warns_takes_more_time_and_locks(visit: Visitor) -> None:
    page = visit("/?idle=5&warn=4")
    warning = page.get_by_label("Session lock")

    expect(warning).to_be_visible(timeout=4000)
    assert "0:0" in warning.inner_text()
    warning.get_by_role("button", name="Keep working").click()
    expect(warning).to_be_hidden(timeout=1500)
    assert "/refusals/" not in page.url

    page.wait_for_url("**/refusals/401", timeout=8000)


def test_a_session_that_ended_meanwhile_is_not_taken_for_more_time(visit: Visitor) -> None:
    page = visit("/?idle=30&warn=29&ended")

    page.get_by_role("button", name="Keep working").click(timeout=4000)

    page.wait_for_url("**/refusals/401", timeout=4000)


def test_several_filters_are_folded_on_a_phone_and_the_slash_opens_them(visit: Visitor) -> None:
    page = visit("/", width=PHONE)
    folded = page.locator(".filter-bar__form")
    expect(folded).to_be_hidden()
    assert faults(page) == []

    page.evaluate("""document.querySelector("[data-shortcut='/']").remove()""")
    page.keyboard.press("/")

    expect(folded).to_be_visible()
    expect(folded.locator("input, select").first).to_be_focused()
    page.set_viewport_size({"width": DESK, "height": 800})
    expect(page.get_by_text("Filters", exact=True)).to_be_hidden()
    expect(folded).to_be_visible()


def test_filters_are_open_where_no_script_folds_them(visit: Visitor) -> None:
    page = visit("/", width=PHONE, has_script=False)

    expect(page.locator(".filter-bar__form")).to_be_visible()


def test_a_date_is_written_out_beside_its_field(visit: Visitor) -> None:
    page = visit("/", language="es")

    page.get_by_label("Aseguradas desde").fill("2011-03-04")

    expect(page.locator(".filter-bar .day-echo")).to_have_text("4 mar 2011")


def test_without_script_languages_switch_and_nothing_useless_shows(visit: Visitor) -> None:
    page = visit("/", has_script=False)

    expect(page.locator("[data-copy]").first).to_be_hidden()
    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_be_hidden()
    expect(page.get_by_role("link", name="Refresh")).to_be_visible()
    page.get_by_role("button", name="Español").click()

    expect(page.locator("h1")).to_have_text("Cada componente, una vez")


def test_without_script_the_menu_opens_on_a_phone(visit: Visitor) -> None:
    page = visit("/", width=PHONE, has_script=False)
    expect(page.get_by_role("link", name="Trace requests 2")).to_be_hidden()

    page.get_by_role("button", name="Menu").click()

    expect(page.get_by_role("link", name="Trace requests 2")).to_be_visible()


def test_on_a_phone_each_cell_carries_the_name_of_its_column(visit: Visitor) -> None:
    page = visit("/", width=PHONE)

    label = page.locator("td.numeric").first.evaluate("cell => getComputedStyle(cell, '::before').content")

    assert label == '"Long guns"'
    expect(page.get_by_role("cell", name="Long guns 14")).to_be_visible()


def test_at_a_desk_the_head_of_a_table_stays_in_sight(visit: Visitor) -> None:
    page = visit("/")

    top = (
        page.locator("#list")
        .locator("xpath=..")
        .locator("thead th")
        .first.evaluate(
            """head => {
            const last = head.closest("table").querySelector("tbody tr:last-child");
            scrollTo(0, last.getBoundingClientRect().top + scrollY - 40);
            return head.getBoundingClientRect().top;
        }"""
        )
    )

    assert abs(top) < 2


def test_on_paper_the_furniture_goes_and_ink_is_dark_on_white(visit: Visitor) -> None:
    page = visit("/", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")

    for furniture in (".rail", ".bar__search", ".languages", ".copy-button", ".session-lock"):
        expect(page.locator(furniture).first).to_be_hidden()
    expect(page.get_by_text("Synthetic data")).to_be_visible()
    colours = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).colorScheme]"
    )
    assert colours == ["rgb(22, 33, 42)", "light"]


def test_whoever_asked_for_less_motion_gets_none(visit: Visitor) -> None:
    page = visit("/")
    page.emulate_media(reduced_motion="reduce")

    longest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('*')].map(e => parseFloat(getComputedStyle(e).transitionDuration)))"
    )
    assert longest < 0.001
