"""Running what changes have left to be done: each errand once, in the order in which they were left."""

from collections.abc import Callable, Mapping

from planning.errands import Errand, What
from planning.ledger import Books, Ledger
from planning.verbs import amend, ask, connect, digests, kept, leadership, prefer, replan, rest, support, turns

RUN: Mapping[What, Callable[..., object]] = {
    What.SHOW: kept.show,
    What.GO_ON: turns.resume,
    What.ANEW: rest.ask_anew,
    What.SCHEDULE: amend.cadence_changed,
    What.NOTICES: amend.due_date_changed,
    What.ASK: ask.ask_to_take_on,
    What.TELL: leadership.tell,
    What.CHANGED: leadership.tell_of_change,
    What.SUPPORT: support.tell_owner,
    What.DIGEST: digests.want_digest,
    What.SESSION_DAY: prefer.ask_before_session,
    What.SCHOOL_TIME: replan.replan_in_its_zone,
    What.OWN_TIME: replan.replan_person,
    What.LEADERS: connect.leaders_changed,
}
"""Each is given the ledger, what its errand is about, and as `now` the moment at which that was left."""


def run(books: Books) -> None:
    """Run every errand that was left, each in a transaction of its own.

    One that fails stays, and holds up none of the others; raises ExceptionGroup with what went wrong.
    """
    with books.read() as ledger:
        left = ledger.errands.left()
    failed: list[Exception] = []
    for errand in left:
        try:
            with books.write() as ledger:
                _run(ledger, errand)
        except Exception as error:
            failed.append(error)
    if failed:
        raise ExceptionGroup("These errands could not be run.", failed)


def run_here(ledger: Ledger) -> None:
    """Run every errand that was left in the transaction of `ledger`, as a part of it."""
    for errand in ledger.errands.left():
        _run(ledger, errand)


def _run(ledger: Ledger, errand: Errand) -> None:
    if ledger.errands.take(errand):
        RUN[errand.what](ledger, *errand.about, now=errand.at)
