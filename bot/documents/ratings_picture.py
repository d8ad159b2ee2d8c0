"""Where each indicator stands now and stood before, by domain, as one picture (PNG) with a text that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.documents import typesetting
from bot.documents.content import Document
from bot.documents.findings import DomainFindings, Finding, Findings
from bot.documents.letters import file_name
from bot.documents.vote_picture import ALT_TEXT
from bot.sentences import say_plain
from rubric.errors import LeversError


class NoFindingsError(LeversError):
    """There is no review to draw a picture of."""

    def __init__(self) -> None:
        super().__init__("There is no review to draw a picture of. `levers import` brings one in.")


@dataclass(frozen=True, slots=True)
class RatingsPicture:
    """The picture as a message carries it; `mark` tells this review's from every other."""

    document: Document
    mark: str

    @property
    def stem(self) -> str:
        """A safe file name without its ending, the same one for the same review."""
        return file_name("ratings", self.document.code, self.document.made_at.date().isoformat(), self.mark)

    @property
    def alt(self) -> str:
        """The levels in plain sentences."""
        return alt(self.document)

    def png(self, fonts: Sequence[Path] = ()) -> bytes:
        """The picture; `fonts` as for a PDF."""
        return png(self.document, fonts)


def png(document: Document, fonts: Sequence[Path] = ()) -> bytes:
    """The picture, 1600 pixels wide; the same data gives the same bytes. Raises NoFindingsError."""
    return typesetting.png("ratings.typ", content(document), document.made_at, fonts)


def content(document: Document) -> typesetting.Content:
    """What the template is given. Raises NoFindingsError."""
    found = _found(document)
    return {
        "alt": alt(document),
        "about": say_plain("picture.ratings_about", school=document.school, on=found.reviewed, rated=found.rated),
        "levels": found.levels,
        "compared": found.compared,
        "domains": [
            {
                "name": domain.domain,
                "rated": domain.rated,
                "lines": [
                    {"indicator": one.indicator, "step": one.step, "earlier_step": one.earlier_step}
                    for one in domain.findings
                ],
            }
            for domain in found.domains
        ],
    }


def alt(document: Document) -> str:
    """The levels in plain sentences, for whoever does not see the picture, within what Slack takes."""
    found = _found(document)
    ratings = [one for domain in found.domains for one in domain.findings]
    improved = [one for one in ratings if one.earlier_step and one.step > one.earlier_step]
    fell = [one for one in ratings if one.step < one.earlier_step]
    for naming in (_names, _number):
        said = say_plain(
            "picture.ratings",
            school=document.school,
            on=found.reviewed,
            rated=found.rated,
            domains=[_domain(domain, found) for domain in found.domains],
            improved=naming(improved),
            fell=naming(fell),
            compared=found.compared,
        )
        if len(said) <= ALT_TEXT:
            return said
    return f"{said[: ALT_TEXT - 1]}…"


def _found(document: Document) -> Findings:
    if document.findings is None:
        raise NoFindingsError
    return document.findings


def _domain(domain: DomainFindings, found: Findings) -> str:
    return say_plain(
        "picture.ratings_domain",
        domain=domain.domain,
        counts=[
            say_plain("picture.ratings_count", number=number, level=level)
            for number, level in zip(domain.counts, found.levels, strict=True)
            if number
        ],
        not_rated=sum(1 for one in domain.findings if not one.step),
    )


def _names(moved: Sequence[Finding]) -> list[str]:
    return [one.indicator for one in moved]


def _number(moved: Sequence[Finding]) -> list[str]:
    return [say_plain("picture.ratings_names", number=len(moved))] if moved else []
