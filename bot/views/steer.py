"""The facilitator's private controls: on, back, pause, people without Slack, paper ballots."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement, ConfirmObject, NumberInputElement
from slack_sdk.models.views import View

from bot.sentences import escape_but_mentions, say, say_plain
from bot.views.frame import at
from bot.views.parts import actions, button, confirm, context, field, modal, section, text_input
from planning.phases import Phase
from planning.session import Session, State


def controls(session: Session, school: str, missing: str | None, note: str = "", waiting: int = 0) -> View:
    """What the facilitator may do now; `missing` is what the next phase still needs, `note` what just happened.

    `waiting` is how many have not voted yet.
    """
    phase = session.phase
    blocks: list[Block] = [*_where(session, school)]
    if note:
        blocks += section(note)
    if session.state is State.PAUSED:
        resume = button(say_plain("steer.resume"), "steer.resume", at(session), style="primary")
        return _window(session, [*blocks, *section(say("steer.paused")), actions(resume, _cancel(session))])
    if missing:
        blocks += section(say("steer.missing", missing=escape_but_mentions(missing)))
    if phase is Phase.COMMIT:
        blocks += section(say("steer.committing"))
    if waiting:
        blocks += section(say("steer.waiting", people=waiting))
    blocks.append(actions(*_phase_buttons(session), *_always(session)))
    submit = None
    if not missing:
        following = phase.next
        submit = (
            say_plain("steer.advance", phase=following.value.capitalize()) if following else say_plain("steer.commit")
        )
    return _window(session, blocks, submit)


def not_yours(session: Session, school: str, *, may_take_over: bool) -> View:
    """For somebody who does not facilitate: where the session stands, and taking over for those who may."""
    blocks: list[Block] = [*_where(session, school)]
    blocks += section(say("steer.not_yours", facilitator=session.facilitator))
    if may_take_over:
        sure = confirm(
            say_plain("steer.take_over_sure"),
            say_plain("steer.take_over_text"),
            say_plain("steer.take_over"),
            say_plain("steer.sure_no"),
        )
        blocks += section(say("steer.not_yours_leader"))
        blocks.append(actions(button(say_plain("steer.take_over"), "steer.take_over", at(session), confirm=sure)))
    return _window(session, blocks)


def over(session: Session) -> View:
    """The session is cancelled."""
    return _window(session, section(say("card.cancelled")))


def guests(session: Session) -> View:
    """Name the people who are here without Slack."""
    typed = text_input("guests", "\n".join(session.guests), long=True)
    label, hint = say_plain("steer.guests_label"), say_plain("steer.guests_hint")
    return modal(
        "guests",
        say_plain("steer.guests_title"),
        [field("guests", label, typed, hint=hint, optional=True)],
        submit=say_plain("steer.save"),
        close=say_plain("steer.back_to"),
        about={"session": session.id, "step": session.step},
    )


def paper(session: Session) -> View:
    """Add up the paper ballots."""
    how_many = NumberInputElement(
        action_id="ballots",
        is_decimal_allowed=False,
        initial_value=str(max(len(session.guests), 1)),
        min_value="1",
        max_value=str(max(len(session.guests), 1)),
    )
    blocks = [
        *context(say("steer.paper_hint")),
        field("ballots", say_plain("steer.paper_ballots"), how_many),
        *(
            field(f"dots-{place}", entry.indicator.name, _dots(), optional=True)
            for place, entry in enumerate(session.shortlist)
        ),
    ]
    return modal(
        "paper",
        say_plain("steer.paper_title"),
        blocks,
        submit=say_plain("steer.save"),
        close=say_plain("steer.back_to"),
        about={"session": session.id, "round": session.round},
    )


def _dots() -> NumberInputElement:
    return NumberInputElement(action_id="dots", is_decimal_allowed=False, min_value="0")


def _where(session: Session, school: str) -> Sequence[Block]:
    text = say(
        "steer.where",
        phase=session.phase.value.capitalize(),
        number=session.phase.number,
        school=school,
        here=len(session.here) + len(session.guests),
    )
    return [*section(text), *context(say("steer.only_you"))]


def _window(session: Session, blocks: Sequence[Block], submit: str | None = None) -> View:
    return modal(
        "steer",
        say_plain("steer.title"),
        blocks,
        submit=submit,
        close=say_plain("steer.close"),
        about={"session": session.id, "step": session.step},
    )


def _phase_buttons(session: Session) -> list[ButtonElement]:
    found = [button(say_plain("steer.guests"), "steer.guests", at(session))]
    if session.phase is Phase.VOTE:
        found.append(button(say_plain("steer.remind"), "steer.remind", at(session)))
        if session.guests:
            found.append(button(say_plain("steer.paper"), "steer.paper", at(session)))
    return found if session.phase.number <= Phase.VOTE.number else []


def _always(session: Session) -> list[ButtonElement]:
    found = []
    if session.phase.previous:
        name = session.phase.previous.value.capitalize()
        found.append(button(say_plain("steer.back", phase=name), "steer.back", at(session), confirm=_back(session)))
    return [*found, button(say_plain("steer.pause"), "steer.pause", at(session)), _cancel(session)]


def _back(session: Session) -> ConfirmObject | None:
    """Stepping out of the vote, or back to it, throws ballots away: that is asked first."""
    if session.phase not in (Phase.VOTE, Phase.CHOOSE):
        return None
    return confirm(
        say_plain("steer.back_sure"),
        say_plain("steer.back_vote"),
        say_plain("steer.back_yes"),
        say_plain("steer.sure_no"),
    )


def _cancel(session: Session) -> ButtonElement:
    sure = confirm(
        say_plain("steer.cancel_sure"),
        say_plain("steer.cancel_text"),
        say_plain("steer.cancel_yes"),
        say_plain("steer.sure_no"),
    )
    return button(say_plain("steer.cancel"), "steer.cancel", at(session), style="danger", confirm=sure)
