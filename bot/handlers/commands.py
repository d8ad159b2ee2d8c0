"""The `/levers` command: what each word answers, to the person who typed it alone."""

from collections.abc import Callable

from slack_sdk.models.blocks import Block

from bot.documents.reading import about
from bot.handlers import across, documents, portfolio, school_time, schools, share
from bot.handlers.mine import own
from bot.handlers.requests import Command
from bot.handlers.setup import open_connect, open_start
from bot.views import answers
from bot.views import moved as moved_views
from bot.views import plan as views
from planning.plan import NoPlanError
from planning.portfolio import Asked
from planning.verbs.moved import moved
from planning.verbs.start import at_channel

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
            return schools.standing(ledger, school, command.who, command.desk.clock())
        return views.whole(plan, *about(ledger, plan), viewer)


def _moved(command: Command) -> Answer:
    with command.desk.books.read() as ledger:
        known = ledger.schools.known_to(command.who)
        elsewhere = ledger.schools.of_channel(command.channel) is None and len(known) == 1
        school = known[0] if elsewhere else at_channel(ledger, command.channel, command.who)[0]
        return moved_views.moved(school.name, moved(ledger, school.id))


def _across(command: Command) -> None:
    command.load(answers.waiting(), lambda: across.window(command.desk, command.who))


def _portfolio(command: Command) -> None:
    command.load(answers.waiting(), lambda: portfolio.window(command.desk, Asked(command.who)))


def _export(command: Command) -> None:
    command.open(documents.window(command.desk, command.who, command.channel))


def _share(command: Command) -> None:
    command.open(share.window(command.desk, command.who, command.channel))


def _mine(command: Command) -> Answer:
    return own(command.desk, command.who)


WINDOWS: dict[str, Callable[[Command], None]] = {
    "connect": _connect,
    "start": _start,
    "calendar": _calendar,
    "hours": _hours,
    "across": _across,
    "portfolio": _portfolio,
    "share": _share,
    "export": _export,
}
"""The words that open a window, once the command is acknowledged."""
_WORDS: dict[str, Callable[[Command], Answer]] = {
    "help": _help,
    "status": schools.status,
    "plan": _plan,
    "mine": _mine,
    "moved": _moved,
}
