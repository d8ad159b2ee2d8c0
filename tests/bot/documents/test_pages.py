"""The plan to read and to print: markup stays text, and a reader who hears or prints it is served too."""

import re

from bot.documents.forms import Form, made
from tests.bot.documents.plans import a_document, believable


def test_markup_in_people_s_text_is_text_in_html() -> None:
    page = made(a_document(), Form.HTML).decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "src=" not in page and "http" not in page, "it needs nothing from elsewhere"


def test_every_table_of_the_page_names_its_columns_and_rows() -> None:
    page = made(believable(), Form.HTML).decode()
    assert '<html lang="en">' in page
    assert page.count("<caption>") == page.count("<table>") == 3
    assert page.count('<th scope="row">') == 8
    assert page.count('<th scope="col"') == 12
    headings = re.findall(r"<h([1-6])", page)
    assert headings == ["1", "2", "2", "2", "2"]


def test_the_pdf_is_tagged_and_made_at_the_moment_of_the_commit() -> None:
    pdf = made(believable(), Form.PDF)
    assert pdf.startswith(b"%PDF") and b"/StructTreeRoot" in pdf
    assert b"2026-12-02T20:00:00+00:00" in pdf


def test_the_pdf_keeps_the_standard_for_accessible_pdf() -> None:
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made(a_document(), Form.PDF)


def test_a_letter_that_no_font_shows_does_not_keep_the_plan_from_being_printed() -> None:
    assert pages(made(a_document("Visit \U0010fffd twice"), Form.PDF)) == 1


def test_very_long_text_runs_on_over_pages() -> None:
    short, long = made(a_document("word"), Form.PDF), made(a_document("word " * 3000), Form.PDF)
    assert pages(short) == 1
    assert pages(long) > 10


def pages(pdf: bytes) -> int:
    """How many pages the PDF's page tree counts."""
    return max(int(number) for number in re.findall(rb"/Count (\d+)", pdf))
