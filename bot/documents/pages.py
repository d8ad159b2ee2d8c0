"""A school's document to read and to print: HTML with Jinja2, PDF with typst; people's text is data in both."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.documents import typesetting
from bot.documents.content import Document
from bot.documents.wording import words
from bot.sentences import day, short_day


def html(document: Document) -> bytes:
    """One page of HTML that prints well and needs nothing from elsewhere."""
    template = _environment().get_template("pages.html.j2")
    return template.render(document=document, found=document.findings, plan=document.plan, words=words()).encode()


def pdf(document: Document, fonts: Sequence[Path] = ()) -> bytes:
    """An accessible PDF (PDF/UA-1) on US letter paper; the same data gives the same bytes."""
    return typesetting.pdf("pages.typ", content(document), document.made_at, fonts)


def content(document: Document) -> typesetting.Content:
    """What the typst template is given: the document, with its days as people say them."""
    said: dict[str, Any] = _said(asdict(document))
    return {**said, "title": words()[document.title]}


def _said(value: Any) -> Any:
    """The same value with its days as people say them; moments are nothing that a page shows."""
    if isinstance(value, dict):
        return {name: _said(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_said(one) for one in value]
    if isinstance(value, datetime):
        return ""
    return short_day(value) if isinstance(value, date) else value


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot", "templates/documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": day, "short_day": short_day}
    return environment
