"""The plan to read and to print: markup stays text, and a reader who hears or prints it is served too."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from structlog.testing import capture_logs

from bot.documents.content import Document
from bot.documents.forms import Form, made
from bot.documents.pages import content
from bot.documents.typesetting import inputs
from tests.bot.documents.plans import a_document, believable


def test_markup_in_people_s_text_is_text_in_html() -> None:
    page = made(a_document(), Form.HTML).decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "src=" not in page and "http" not in page, "it needs nothing from elsewhere"


def test_every_table_of_the_page_names_its_columns_and_rows() -> None:
    page = made(believable(), Form.HTML).decode()
    assert '<html lang="en">' in page
    assert page.count("<caption>") == page.count("<table>") == 4
    assert page.count('<th scope="row">') == 8 + 5
    assert page.count('<th scope="col"') == 12 + 3


@pytest.mark.parametrize("document", [believable(), a_document(), replace(a_document(), plan=None)])
def test_no_heading_of_the_page_skips_a_level(document: Document) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", made(document, Form.HTML).decode())]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_the_pdf_is_tagged_and_made_at_the_moment_of_the_commit() -> None:
    pdf = made(believable(), Form.PDF)
    assert pdf.startswith(b"%PDF") and b"/StructTreeRoot" in pdf
    assert b"2026-12-02T20:00:00+00:00" in pdf


def test_the_pdf_keeps_the_standard_for_accessible_pdf() -> None:
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made(a_document(), Form.PDF)


def test_a_letter_that_no_font_shows_is_stood_for_and_said_and_never_lost_in_silence() -> None:
    with capture_logs() as logs:
        shown = made(a_document("Visit \U0010fffd twice"), Form.PDF)
    assert [log["letters"] for log in logs] == ["U+10FFFD"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in shown
    given = inputs(content(a_document("Visit \U0010fffd twice")), "\U0010fffd")
    assert "Visit ▯ twice" in given["content"] and given["unshown"]
    assert not inputs(content(a_document("Visit")))["unshown"]


@pytest.mark.parametrize("name", ["Ειρήνη Παππά", "Олена Коваль", "Diệu Linh Trần", "Łukasz Żółć", "محمد عبد الله"])
def test_names_in_many_scripts_lack_no_letter(name: str) -> None:
    with capture_logs() as logs:
        made(a_document(name), Form.PDF)
    assert logs == []


def test_very_long_text_runs_on_over_pages() -> None:
    short, long = made(a_document("word"), Form.PDF), made(a_document("word " * 3000), Form.PDF)
    assert pages(short) == 3
    assert pages(long) > 10


def pages(pdf: bytes) -> int:
    """How many pages the PDF's page tree counts."""
    return max(int(number) for number in re.findall(rb"/Count (\d+)", pdf))
