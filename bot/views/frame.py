"""What frames every card of a session: its heading, its buttons, and what an old card shrinks to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement

from bot.sentences import say, say_plain
from bot.views.parts import Message, actions, button, context, header, section
from planning.phases import Phase
from planning.session import Session, State

MANY = 12
"""How many names one sentence lists."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over every card."""

    session: Session
    school: str
    reviewed: date
    time_is_up: bool = False


def whole(heading: Heading, body: Sequence[Block], buttons: Sequence[Block] = ()) -> Message:
    """A card: heading, body, buttons. A paused session shows that instead of its body."""
    session = heading.session
    phase = session.phase.value.capitalize()
    if session.state is State.PAUSED:
        body, buttons = section(say("card.paused")), [actions(facilitate(session))]
    return Message(
        say_plain("card.preview", school=heading.school, phase=phase),
        [
            header(say_plain("card.heading", number=session.phase.number, phase=phase)),
            *context(_about(heading)),
            *body,
            *buttons,
        ],
    )


def _about(heading: Heading) -> str:
    session = heading.session
    until = session.timer.ends_at if session.timer else None
    return say(
        "card.about",
        school=heading.school,
        date=heading.reviewed,
        facilitator=session.facilitator,
        until=until,
        over=heading.time_is_up,
    )


def behind(session: Session, phase: Phase, link: str | None) -> Message:
    """What an old card shrinks to."""
    name = phase.value.capitalize()
    if session.state is State.COMMITTED:
        text = say("card.committed", phase=name)
    elif session.state is State.CANCELLED:
        text = say("card.cancelled", because=session.cancelled_because)
    else:
        text = say("card.moved_on", phase=name, link=link or "")
    return Message(say_plain("card.heading", number=phase.number, phase=name), context(text))


def facilitate(session: Session) -> ButtonElement:
    """The button that opens the facilitator's private controls."""
    return button(say_plain("card.facilitate"), "steer.open", at(session))


def at(session: Session) -> str:
    """Where a button stands: the session and its step, so that a late click is known."""
    return f"{session.id}/{session.step}"


def some(names: Sequence[str]) -> list[str]:
    """The first names of many, and how many more there are."""
    if len(names) <= MANY:
        return list(names)
    return [*names[:MANY], say_plain("card.more_names", more=len(names) - MANY)]
