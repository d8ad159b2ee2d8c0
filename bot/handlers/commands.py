"""The `/levers` command: what each word answers, to the person who typed it alone."""

from collections.abc import Callable

from slack_sdk.models.blocks import Block

from bot.documents.reading import about
from bot.handlers import school_time
from bot.handlers.requests import Command, Desk
from bot.handlers.setup import open_connect, open_start
from bot.messages.follow import named
from bot.messages.session import card_link
from bot.sentences import say
from bot.standing import counts
from bot.views import answers, asking
from bot.views import plan as views
from bot.views.parts import section
from planning.ledger import SchoolHere
from planning.people import OutsiderError
from planning.plan import CheckIn, NoPlanError
from planning.verbs.start import at_channel
from planning.verbs.year_end import to_settle
from storage.books import Ledger

Answer = list[Block]


def answer(command: Command) -> Answer:
    """Blocks for the person alone. A wrong word gets the help."""
    known = _WORDS.get(command.word)
    return known(command) if known else answers.commands(" ".join(command.words))


def _help(_command: Command) -> Answer:
    return answers.commands()


def _connect(command: Command) -> None:
    open_connect(command, command.channel, " ".join(command.words[1:]))


def _start(command: Command) -> None:
    open_start(command, command.channel)


def _status(command: Command) -> Answer:
    with command.desk.books.read() as ledger:
        here = ledger.schools.of_channel(command.channel)
        if here is not None:
            at_channel(ledger, command.channel, command.who)
            return standing(ledger, here, command.who)
        known = ledger.schools.known_to(command.who)
        if len(known) == 1:
            return standing(ledger, known[0], command.who)
        return answers.schools([(school.name, in_short(ledger, school)) for school in known])


def in_short(ledger: Ledger, school: SchoolHere) -> str:
    """How a school's plan stands, in counts."""
    plan = ledger.plans.live(school.id)
    return counts(plan.actions) if plan else say("follow.home_no_plan")


def standing(ledger: Ledger, school: SchoolHere, who: str) -> list[Block]:
    """Where a school's session and plan stand, as far as `who` may see it. Raises OutsiderError for a stranger."""
    viewer = ledger.people.viewer(who, school.id)
    if not viewer.knows_school:
        raise OutsiderError
    blocks = section(say("follow.mine_school", school=school.name))
    session, plan = ledger.sessions.open_at(school.id), ledger.plans.live(school.id)
    if session is not None:
        blocks += section(
            say(
                "follow.status_session",
                state=session.state.value,
                phase=session.phase.value.capitalize(),
                number=session.phase.number,
                link=card_link(ledger, session) or "",
            )
        )
    if plan is not None:
        notes: dict[str, CheckIn] = {one.action: one for one in ledger.plans.check_ins(plan.session)}
        committed = ledger.schools.calendar(school.id).today(plan.committed_at)
        blocks += views.standing(plan, committed, notes, owners=viewer.sees_answers)
    if session is None and plan is None:
        blocks += section(say("follow.status_none"))
    return blocks


def _calendar(command: Command) -> None:
    command.open(school_time.calendar_window(command.desk, command.who, command.channel, " ".join(command.words[1:])))


def _hours(command: Command) -> None:
    command.open(school_time.hours_window(command.desk, command.who))


def _plan(command: Command) -> Answer:
    with command.desk.books.read() as ledger:
        known = ledger.schools.known_to(command.who)
        elsewhere = ledger.schools.of_channel(command.channel) is None and len(known) == 1
        school = known[0] if elsewhere else at_channel(ledger, command.channel, command.who)[0]
        viewer = ledger.people.viewer(command.who, school.id)
        plan = ledger.plans.live(school.id)
        if plan is None:
            raise NoPlanError
        if not viewer.sees_owners:
            return standing(ledger, school, command.who)
        return views.whole(plan, *about(ledger, plan), viewer)


def _mine(command: Command) -> Answer:
    return own(command.desk, command.who)


def own(desk: Desk, who: str) -> list[Block]:
    """The open actions of `who` in every school, with the answers in place."""
    with desk.books.read() as ledger:
        found = ledger.plans.open_of(who)
        schools = {plan.id: ledger.schools.load(plan.school).name for plan, _ in found}
        owned = [(schools[plan.id], named(plan, [action])[0]) for plan, action in found]
        plans = {plan.id: plan for plan, _ in found}
        settle = frozenset(one for plan in plans.values() for one in to_settle(ledger, plan, desk.clock()))
        away = ledger.following.away_until(who)
    return asking.mine(owned, who, away, settle)


WINDOWS: dict[str, Callable[[Command], None]] = {
    "connect": _connect,
    "start": _start,
    "calendar": _calendar,
    "hours": _hours,
}
"""The words that open a window, once the command is acknowledged."""
_WORDS: dict[str, Callable[[Command], Answer]] = {
    "help": _help,
    "status": _status,
    "plan": _plan,
    "mine": _mine,
}
