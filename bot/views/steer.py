"""The facilitator's private controls: on, back, pause, people without Slack, paper ballots."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from slack_sdk.models.blocks import Block, ButtonElement, ConfirmObject, NumberInputElement
from slack_sdk.models.views import View

from bot.sentences import escape_but_mentions, say, say_plain
from bot.views.frame import at
from bot.views.parts import (
    Message,
    actions,
    button,
    confirm,
    context,
    field,
    modal,
    person,
    persons,
    section,
    text_input,
)
from planning.ballot import Way
from planning.phases import Phase
from planning.session import Session, State
from planning.verbs import timing


@dataclass(frozen=True, slots=True)
class Slips:
    """How many paper ballots are counted, of how many at the most; none are expected where the team talks."""

    counted: int = 0
    most: int = 0


NO_SLIPS = Slips()


def controls(
    session: Session,
    school: str,
    missing: str | None,
    note: str = "",
    waiting: int = 0,
    *,
    tie: bool = False,
    way: Way = Way.SLACK,
    hidden: bool = False,
    slips: Slips = NO_SLIPS,
    time_is_up: bool = False,
) -> View:
    """What the facilitator may do now; `missing` is what the next phase still needs, `note` what just happened.

    `waiting` is how many have not voted yet, `tie` whether a runoff could settle the choice, `way` how the team votes,
    `hidden` whether too few have voted for their dots to be shown, `slips` what has come in on paper.
    """
    phase = session.phase
    blocks: list[Block] = [*_where(session, school, time_is_up)]
    if note:
        blocks += section(note)
    if session.state is State.PAUSED:
        resume = button(say_plain("steer.resume"), "steer.resume", at(session), style="primary")
        return _window(session, [*blocks, *section(say("steer.paused")), actions(resume, _cancel(session))])
    if missing:
        blocks += section(say("steer.missing", missing=escape_but_mentions(missing)))
    if phase is Phase.COMMIT:
        blocks += section(say("steer.committing"))
    if waiting and not missing:
        blocks += section(say("steer.waiting", people=waiting))
    if hidden and not missing:
        blocks += section(say("steer.too_few"))
    if slips.most:
        everybody = way is Way.PAPER
        blocks += section(say("steer.paper_in", ballots=slips.counted, most=slips.most, everybody=everybody))
    for row in (_phase_buttons(session, tie, way, slips), _always(session)):
        blocks += [actions(*row)] if row else []
    submit = None
    if not missing:
        following = phase.next
        submit = (
            say_plain("steer.advance", phase=following.value.capitalize()) if following else say_plain("steer.commit")
        )
    return _window(session, blocks, submit)


def not_yours(session: Session, school: str, *, may_take_over: bool, time_is_up: bool = False) -> View:
    """For somebody who does not facilitate: where the session stands, and taking over for those who may."""
    blocks: list[Block] = [*_where(session, school, time_is_up)]
    if session.state is State.PAUSED:
        blocks += section(say("steer.paused"))
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


def time_up(session: Session, school: str) -> Message:
    """To the facilitator in private: a phase's timer has ended."""
    phase = session.phase.value.capitalize()
    buttons = [
        button(say_plain("steer.time_up_open"), "steer.open", at(session), style="primary"),
        button(say_plain("steer.time_up_more"), "timer.more", at(session)),
    ]
    ask = section(say("steer.time_up", phase=phase, school=school))
    return Message(say_plain("steer.time_up_preview"), [*ask, actions(*buttons)])


def time_was_set(session: Session, school: str) -> Message:
    """The same once somebody has given the phase more time, or stopped its timer."""
    phase, until = session.phase.value.capitalize(), session.timer.ends_at if session.timer else None
    stopped = say("steer.time_up_stopped", phase=phase, school=school)
    answer = say("steer.time_up_longer", phase=phase, school=school, until=until) if until else stopped
    return Message(say_plain("steer.time_up_preview"), section(answer))


def time_was_up(phase: Phase, school: str) -> Message:
    """The same once the session went on."""
    past = say("steer.time_up_past", phase=phase.value.capitalize(), school=school)
    return Message(say_plain("steer.time_up_preview"), section(past))


def timer(session: Session, *, time_is_up: bool = False) -> View:
    """Set the phase's timer."""
    typed = NumberInputElement(
        action_id="minutes", is_decimal_allowed=False, min_value="1", max_value=str(timing.LONGEST)
    )
    label, hint = say_plain("steer.timer_minutes"), say_plain("steer.timer_hint")
    return _over(
        session,
        "timer",
        say_plain("steer.timer_title"),
        [*_time_left(session, time_is_up), field("minutes", label, typed, hint=hint, optional=True)],
    )


def hand_over(session: Session) -> View:
    """Name who facilitates from now on."""
    label, hint = say_plain("steer.hand_over_to"), say_plain("steer.hand_over_hint")
    return _over(session, "lead", say_plain("steer.hand_over_title"), [field("to", label, person("to"), hint=hint)])


def excuse(session: Session) -> View:
    """Name those who left before they voted."""
    label, hint = say_plain("steer.excuse_people"), say_plain("steer.excuse_hint")
    chosen = persons("people", session.excused)
    blocks = [field("people", label, chosen, hint=hint, optional=True)]
    return _over(session, "excuse", say_plain("steer.excuse_title"), blocks)


def cancel(session: Session) -> View:
    """Ask why the session ends without a plan."""
    label, hint = say_plain("steer.cancel_reason"), say_plain("steer.cancel_hint")
    return _over(
        session,
        "cancel",
        say_plain("steer.cancel_title"),
        [*section(say("steer.cancel_text")), field("reason", label, text_input("reason"), hint=hint)],
        submit=say_plain("steer.cancel_yes"),
    )


def guests(session: Session) -> View:
    """Name the people who are here without Slack."""
    typed = text_input("guests", "\n".join(session.guests), long=True)
    label, hint = say_plain("steer.guests_label"), say_plain("steer.guests_hint")
    blocks = [field("guests", label, typed, hint=hint, optional=True)]
    return _over(session, "guests", say_plain("steer.guests_title"), blocks)


def paper(session: Session, slips: Slips, *, everybody: bool) -> View:
    """Add up the paper ballots, `slips` so far; `everybody` where those with Slack vote on paper too."""
    most, rules = slips.most, session.ballot_rules
    how_many = NumberInputElement(
        action_id="ballots",
        is_decimal_allowed=False,
        initial_value=str(most),
        min_value="0",
        max_value=str(most),
    )
    blocks = [
        *(section(say("steer.paper_everybody")) if everybody else []),
        *context(say("steer.paper_hint", dots=rules.dots, cap=rules.cap)),
        *(section(say("steer.paper_replaces", ballots=slips.counted)) if slips.counted else []),
        field("ballots", say_plain("steer.paper_ballots"), how_many, hint=say_plain("steer.paper_most", most=most)),
        *(
            field(f"dots-{place}", session.called(entry.indicator), _dots(), optional=True)
            for place, entry in enumerate(session.contest)
        ),
    ]
    return _over(session, "paper", say_plain("steer.paper_title"), blocks)


def _dots() -> NumberInputElement:
    return NumberInputElement(action_id="dots", is_decimal_allowed=False, min_value="0")


def _where(session: Session, school: str, time_is_up: bool) -> Sequence[Block]:
    text = say(
        "steer.where",
        phase=session.phase.value.capitalize(),
        number=session.phase.number,
        school=school,
        here=session.attendance,
    )
    return [*section(text), *_time_left(session, time_is_up), *context(say("steer.only_you"))]


def _time_left(session: Session, time_is_up: bool) -> list[Block]:
    if session.timer is None:
        return []
    if session.timer.ends_at:
        return section(say("steer.timer_runs", until=session.timer.ends_at, over=time_is_up))
    left = session.timer.left or timedelta(0)
    return section(say("steer.timer_stands", minutes=round(left.total_seconds() / 60)))


def _over(session: Session, name: str, title: str, blocks: Sequence[Block], submit: str | None = None) -> View:
    """A window over the controls, which come back when it is sent or closed."""
    return modal(
        name,
        title,
        blocks,
        submit=submit or say_plain("steer.save"),
        close=say_plain("steer.back_to"),
        about={"session": session.id, "step": session.step, "round": session.round},
    )


def _window(session: Session, blocks: Sequence[Block], submit: str | None = None) -> View:
    return modal(
        "steer",
        say_plain("steer.title"),
        blocks,
        submit=submit,
        close=say_plain("steer.close"),
        about={"session": session.id, "step": session.step},
    )


def _phase_buttons(session: Session, tie: bool, way: Way, slips: Slips) -> list[ButtonElement]:
    """What belongs to the phase, in the words of `steer.<name>`."""
    names = ["guests"] if session.phase.number <= Phase.VOTE.number else []
    if session.phase is Phase.VOTE:
        names += [*(["remind"] if way is Way.SLACK else []), "excuse", *(["paper"] if slips.most else [])]
    if session.phase is Phase.CHOOSE and session.deferred:
        names.append("deferred")
    found = [button(say_plain(f"steer.{name}"), f"steer.{name}", at(session)) for name in names]
    if tie:
        sure = confirm(
            say_plain("steer.runoff_sure"),
            say_plain("steer.runoff_text"),
            say_plain("steer.runoff"),
            say_plain("steer.sure_no"),
        )
        found.append(button(say_plain("steer.runoff"), "steer.runoff", at(session), confirm=sure))
    return found


def _always(session: Session) -> list[ButtonElement]:
    found = [
        button(say_plain("steer.timer"), "steer.timer", at(session)),
        button(say_plain("steer.hand_over"), "steer.hand_over", at(session)),
    ]
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
    return button(say_plain("steer.cancel"), "steer.cancel", at(session), style="danger")
