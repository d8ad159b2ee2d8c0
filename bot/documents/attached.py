"""What a message of Levers carries as files: their names, their bytes, and a text for whoever does not see them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.documents.content import Document
from bot.documents.forms import Form, made
from bot.documents.portfolio_sheet import PortfolioSheet
from bot.documents.ratings_picture import RatingsPicture, alt
from bot.documents.status_sheet import StatusSheet
from bot.documents.vote_picture import VotePicture

AT_COMMIT = (Form.PDF, Form.ICS)


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A document in the one form that somebody asked for."""

    document: Document
    form: Form

    @property
    def stem(self) -> str:
        """The document's."""
        return self.document.stem


Picture = VotePicture | RatingsPicture
Attached = Document | Picture | StatusSheet | PortfolioSheet | AskedFor
"""What can be uploaded. Its `stem` begins each file's name and is the same for the same message."""


@dataclass(frozen=True, slots=True)
class File:
    """One file; `alt` describes a picture, and is empty for anything else."""

    name: str
    content: bytes
    alt: str = ""


def files(attached: Attached, named: Callable[[str], str], fonts: Sequence[Path] = ()) -> tuple[File, ...]:
    """The files of `attached`; `named` gives the name of a person's id, `fonts` are more fonts to set it with."""
    if isinstance(attached, Picture):
        return (File(f"{attached.stem}.png", attached.png(fonts), attached.alt),)
    if isinstance(attached, StatusSheet):
        return (File(f"{attached.stem}.csv", attached.named(named).csv()),)
    if isinstance(attached, PortfolioSheet):
        return (File(f"{attached.stem}.{attached.form}", attached.made()),)
    if isinstance(attached, AskedFor):
        shown, form = attached.document.named(named), attached.form
        described = alt(shown) if form is Form.PNG else ""
        return (File(f"{attached.stem}.{form}", made(shown, form, fonts), described),)
    document = attached.named(named)
    return tuple(File(f"{document.stem}.{form}", made(document, form, fonts)) for form in AT_COMMIT)
