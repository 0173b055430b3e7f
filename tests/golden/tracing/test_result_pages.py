"""A result on paper as a person reads it, in both languages: the reviewed words, in the order a screen reader takes."""

from pathlib import Path

import pytest

from cotrace.tracing.exports.result_pdf import result_pdf
from tests.support.pdf import read
from tests.unit.tracing.result_builders import failed_result, reader, result

HERE = Path(__file__).parent
RESULTS = {"purchaser": result, "failed": failed_result}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", sorted(RESULTS))
def test_a_result_reads_as_reviewed(name: str, language: str) -> None:
    content = result_pdf(RESULTS[name](), copy=reader(language, is_demo=True))
    pages = [page.extract_text() for page in read(content).pages]
    text = "\n".join(line.rstrip() for page in pages for line in page.splitlines()) + "\n"
    reviewed = HERE / f"result_{name}_{language}.txt"
    assert text == reviewed.read_text("utf-8")
