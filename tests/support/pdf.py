"""Reading PDFs that the product made."""

import io
from collections import Counter
from typing import Any

from pypdf import PdfReader


def read(content: bytes) -> PdfReader:
    """Open a PDF."""
    return PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """Return all that is written on the pages, blanks and breaks as single spaces."""
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).split())


def catalogue(content: bytes) -> dict[str, Any]:
    """Return what the document says of itself."""
    root: dict[str, Any] = read(content).trailer["/Root"]
    return root


def tags(content: bytes) -> Counter[str]:
    """Count the structure elements by kind: H1, Table, TH and so on."""
    found: Counter[str] = Counter()
    waiting = [catalogue(content)["/StructTreeRoot"]["/K"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if "/S" in node:
                found[str(node["/S"]).lstrip("/")] += 1
            if "/K" in node:
                waiting.append(node["/K"])
    return found
