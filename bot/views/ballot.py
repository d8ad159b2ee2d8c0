"""The secret ballot as its voter sees it, with the dots that are left."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.views.parts import Message, clipped, context, field, modal, section, select
from planning.ballot import Dots
from planning.session import Listed, Session

HINT = 600
"""What a ballot shows of the concerns about one indicator; all of them stand on the card."""


def ballot(session: Session, placed: Dots, *, unsent: bool = False) -> View:
    """A person's own ballot with the dots they `placed`; `unsent` where some of them were never sent."""
    rules = session.ballot_rules
    options = [(say_plain("modal.ballot_no_dots"), "0")]
    options += [(say_plain("modal.ballot_dots", dots=dots), str(dots)) for dots in range(1, rules.cap + 1)]
    spent = sum(placed.values())
    blocks: list[Block] = [
        *section(say("modal.ballot_rules", dots=rules.dots, cap=rules.cap)),
        *section(say("modal.ballot_left", spent=spent, dots=rules.dots, left=rules.dots - spent)),
        *(context(say("modal.ballot_unsent")) if unsent else []),
        *context(say("modal.ballot_private")),
        *(
            field(
                f"dots-{place}",
                session.called(entry.indicator),
                select("ballot.dots", options, str(placed.get(entry.indicator, 0))),
                hint=_hint(session, entry),
                tells=True,
            )
            for place, entry in enumerate(session.contest)
        ),
    ]
    return modal(
        "ballot",
        say_plain("modal.ballot_title"),
        blocks,
        submit=say_plain("modal.ballot_submit"),
        about={"session": session.id, "round": session.round},
    )


def _hint(session: Session, entry: Listed) -> str:
    concerns = [concern.text for concern in session.weighed(entry.indicator)]
    facts = {"level": entry.level, "domain": entry.indicator.domain, "concerns": concerns}
    return clipped(say_plain("modal.ballot_hint", **facts), HINT)


def kept(session: Session, spent: int) -> View:
    """The answer to a ballot, to its voter alone."""
    left = session.ballot_rules.dots - spent
    return modal(
        "ballot_kept",
        say_plain("modal.ballot_cast"),
        section(say("modal.ballot_thanks", spent=spent, left=left)),
        close=say_plain("modal.close"),
    )


def reminder(school: str, link: str | None, *, open_still: bool) -> Message:
    """To somebody who has not voted yet."""
    name = "follow.ballot_reminder" if open_still else "follow.ballot_reminder_over"
    return Message(say_plain("follow.ballot_reminder_preview"), section(say(name, school=school, link=link or "")))
