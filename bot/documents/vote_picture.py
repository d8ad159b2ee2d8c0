"""The result of the vote as one picture (PNG), with a text that says the same."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from bot.documents.letters import file_name, showable
from bot.documents.typesetting import Content, png
from bot.documents.wording import words
from bot.sentences import count, day, say_plain
from planning.ballot import Cut, Tally
from rubric.rubric import IndicatorId, called

ALT_TEXT = 1000
"""The most letters of an image's description (Slack's page on files.getUploadURLExternal, `alt_txt_too_large`)."""


@dataclass(frozen=True, slots=True)
class VotePicture:
    """What the picture shows. `on` is the local date of the reveal, `mark` tells this reveal from every other.

    `places` is how many priorities are chosen, in a `runoff` how many places the tied share.

    Make it of revealed totals only: whatever is in it is shown to everybody in the channel.
    """

    school: str
    code: str
    on: date
    mark: str
    result: Tally
    cut: Cut
    places: int
    runoff: bool = False

    @property
    def stem(self) -> str:
        """A safe file name without its ending, the same one for the same reveal."""
        return file_name("vote", self.code, self.mark)

    @property
    def alt(self) -> str:
        """The result in plain sentences, for whoever does not see the picture; Slack takes so many letters."""
        names = _names(self.result)
        lines = [say_plain("picture.vote_number", indicator=names[one], dots=dots) for one, dots in self._scored]
        for shown in range(len(lines), -1, -1):
            said = say_plain(
                "picture.vote",
                runoff=self.runoff,
                school=showable(self.school),
                on=self.on,
                lines=lines[:shown],
                more=len(lines) - shown,
                clear=[names[one] for one in self.cut.clear],
                tied=[names[one] for one in self.cut.tied],
                places=self.cut.places,
                without=len(names) - len(lines),
                ballots=self.result.ballots,
            )
            if len(said) <= ALT_TEXT:
                return said
        return f"{said[: ALT_TEXT - 1]}…"

    def png(self, fonts: Sequence[Path] = ()) -> bytes:
        """The picture, 1600 pixels wide; the same data gives the same bytes. `fonts` as for a PDF."""
        return png("vote.typ", self.content, datetime.combine(self.on, time(), UTC), fonts)

    @property
    def content(self) -> Content:
        """What the template is given."""
        say, names = words(), _names(self.result)
        often = Counter(one.name for one in names)
        return {
            "alt": self.alt,
            "title": say["vote_runoff_title" if self.runoff else "vote_title"],
            "about": f"{showable(self.school)} · {day(self.on)}",
            "clear": say["vote_clear"],
            "tied": say_plain("picture.vote_tie", places=self.cut.places),
            "cut_line": say_plain("picture.vote_cut", places=self.places, runoff=self.runoff),
            "bars": [
                {
                    "indicator": one.name,
                    "domain": one.domain if often[one.name] > 1 else "",
                    "dots": dots,
                    "count": count(dots, "dot"),
                    "standing": self._standing(one),
                }
                for one, dots in self._scored
            ],
            "without": ", ".join(names[one] for one, dots in self.result.totals if not dots),
            "ballots": say_plain("picture.vote_ballots", ballots=self.result.ballots, dots=self.result.dots),
        }

    @property
    def _scored(self) -> Sequence[tuple[IndicatorId, int]]:
        return [(one, dots) for one, dots in self.result.totals if dots]

    def _standing(self, one: IndicatorId) -> str:
        return "clear" if one in self.cut.clear else "tied" if one in self.cut.tied else "below"


def _names(result: Tally) -> dict[IndicatorId, str]:
    """What each is called, with the domain where two of them share a name."""
    shown = [one for one, _ in result.totals]
    return dict(zip(shown, called(shown), strict=True))
