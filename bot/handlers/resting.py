"""Snoozing, being away, asking for help and giving it, preferences, and the day of the next session."""

from collections.abc import Callable
from datetime import time
from typing import Any

from bot.handlers.mine import own, shows_names
from bot.handlers.requests import Click, Submission
from bot.sentences import say, say_plain
from bot.views import answering, answers, resting
from planning.ledger import Ledger
from planning.people import NotConnectedError, Role
from planning.plan import Action, NotOwnerError, Plan
from planning.preferences import Preferences, Topic
from planning.verbs import prefer, rest, support
from planning.verbs.kept import known, plan_of
from storage.tables.base import new_id

COACHES = 5
"""How many coaches are offered by their role; anybody else can be chosen by name."""


def helpers(ledger: Ledger, plan: Plan, owner: str) -> list[tuple[str, str]]:
    """Whom an owner is offered to ask, by what they are to the school: each person once, and not the owner."""
    coaches = ledger.people.with_role(plan.school, Role.COACH)[:COACHES]
    offered = [(person, say_plain("rest.principal")) for person in ledger.people.with_role(plan.school, Role.PRINCIPAL)]
    offered += [(person, say_plain("rest.backup")) for person in ledger.people.with_role(plan.school, Role.BACKUP)]
    offered += [
        (person, say_plain("rest.coach", many=len(coaches) > 1, number=place))
        for place, person in enumerate(coaches, 1)
    ]
    offered.append((plan.committed_by, say_plain("rest.facilitator")))
    found: dict[str, str] = {}
    for person, label in offered:
        helps = not ledger.following.departed(person) and ledger.following.preferences(person).wants(Topic.HELP)
        if person != owner and helps:
            found.setdefault(person, label)
    return [(label, person) for person, label in found.items()]


def _owned(ledger: Ledger, click: Click) -> tuple[Action, Plan]:
    action = ledger.plans.action(click.value)
    if action.step.owner != click.who:
        raise NotOwnerError
    return action, plan_of(ledger, action)


def _open_snooze(click: Click) -> None:
    with click.desk.books.read() as ledger:
        action, _ = _owned(ledger, click)
    click.open(resting.snooze(action))


def _snooze(sent: Submission) -> dict[str, Any] | None:
    rest.snooze(sent.desk.books, sent.who, str(sent.about["action"]), sent.date("until"), sent.desk.clock())
    return {"response_action": "clear"}


def _open_help(click: Click) -> None:
    with click.desk.books.read() as ledger:
        action, plan = _owned(ledger, click)
        offered = helpers(ledger, plan, click.who)
    click.open(answering.help_window(action, offered, new_id(), shown=shows_names(click.desk, action)))


def _open_on_it(click: Click) -> None:
    with click.desk.books.read() as ledger:
        action, _ = known(ledger, click.value)
    click.open(resting.on_it(action))


def _on_it(sent: Submission) -> dict[str, Any] | None:
    action, note = str(sent.about["action"]), sent.text("note")
    support.promise_help(sent.desk.books, sent.who, action, note, sent.desk.clock())
    return None


def _thank(click: Click) -> None:
    support.thank(click.desk.books, click.who, click.value, click.desk.clock())


def _open_own(click: Click) -> None:
    click.open(resting.own(own(click.desk, click.who)))


def _open_away(click: Click) -> None:
    click.open(resting.away())


def _away(sent: Submission) -> dict[str, Any] | None:
    now, books = sent.desk.clock(), sent.desk.books
    with books.read() as ledger:
        today = rest.today_of(ledger, sent.who, now)
    rest.go_away(books, sent.who, sent.date("until"), today, now)
    return {"response_action": "clear"}


def _back(click: Click) -> None:
    rest.come_back(click.desk.books, click.who, click.desk.clock())
    if click.in_window:
        click.update(resting.own(own(click.desk, click.who)))
    elif click.on_private_answer:
        click.replace(say("help.private"), own(click.desk, click.who))


def _open_preferences(click: Click) -> None:
    with click.desk.books.read() as ledger:
        chosen = ledger.following.preferences(click.who)
    click.open(resting.preferences(chosen))


def _prefer(sent: Submission) -> dict[str, Any] | None:
    wanted = frozenset(map(Topic, sent.many("wanted")))
    hour = time.fromisoformat(sent.chosen("hour"))
    chosen = Preferences(sent.who, int(sent.chosen("day")), hour, frozenset(Topic) - wanted)
    prefer.prefer(sent.desk.books, chosen, sent.desk.clock())
    return None


def _open_session_day(click: Click) -> None:
    # On the connected card the channel is where the button stands; in the window that starts a session it carries it.
    channel = click.channel or click.value
    with click.desk.books.read() as ledger:
        school = ledger.schools.of_channel(channel)
        if school is None:
            raise NotConnectedError
        day = ledger.following.session_day(school.id)
        today = ledger.schools.calendar(school.id).today(click.desk.clock())
    click.open(resting.session_day(channel, day if day and day > today else None))


def _set_session_day(sent: Submission) -> dict[str, Any] | None:
    channel, books = str(sent.about["channel"]), sent.desk.books
    day = prefer.set_session_day(books, sent.who, channel, sent.date("day"), sent.desk.clock())
    return {"response_action": "update", "view": answers.done(say("rest.session_day_set", day=day))}


CLICKS: dict[str, Callable[[Click], None]] = {"action.thank": _thank, "rest.back": _back}
WINDOWS: dict[str, Callable[[Click], None]] = {
    "check_in.snooze": _open_snooze,
    "check_in.help": _open_help,
    "check_in.own": _open_own,
    "help.on_it": _open_on_it,
    "rest.away": _open_away,
    "rest.preferences": _open_preferences,
    "session.set_day": _open_session_day,
}
SUBMISSIONS: dict[str, Callable[[Submission], dict[str, Any] | None]] = {
    "snooze": _snooze,
    "on_it": _on_it,
    "away": _away,
    "preferences": _prefer,
    "session_day": _set_session_day,
}
CHANGING_HOME = (_snooze, _away)
"""After these the Home tab, from which the window may have been opened, is brought up to date."""
