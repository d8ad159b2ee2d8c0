"""A workspace's transactions: each hands out the nouns, and a write that wants a message wakes whoever sends it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import Connection

from planning.verbs.errands import run
from storage.alone import Alone
from storage.ballots import Ballots
from storage.comments import Comments
from storage.database import Database
from storage.deliveries import Deliveries
from storage.errands import Errands
from storage.following import Following
from storage.grants import Grants
from storage.meetings import Sessions
from storage.pauses import Pauses
from storage.people import People
from storage.places import Reviews, Schools
from storage.plans import Plans
from storage.portfolio import Portfolios
from storage.reminders import Reminders
from storage.replies import Replies
from storage.tables.base import new_id
from storage.view import View


class Ledger:
    """One transaction of one workspace, by noun; planning knows it as its Protocol of the same name."""

    def __init__(self, view: View) -> None:
        self.view = view

    @cached_property
    def schools(self) -> Schools:
        """Schools, their channels and calendars."""
        return Schools(self.view)

    @cached_property
    def people(self) -> People:
        """Roles, members and administrators."""
        return People(self.view)

    @cached_property
    def reviews(self) -> Reviews:
        """Stored reviews with their rubrics."""
        return Reviews(self.view)

    @cached_property
    def sessions(self) -> Sessions:
        """Sessions."""
        return Sessions(self.view)

    @cached_property
    def ballots(self) -> Ballots:
        """Ballots and totals."""
        return Ballots(self.view)

    @cached_property
    def plans(self) -> Plans:
        """Priorities, actions, plans and check-ins."""
        return Plans(self.view)

    @cached_property
    def reminders(self) -> Reminders:
        """Why people are asked."""
        return Reminders(self.view)

    @cached_property
    def deliveries(self) -> Deliveries:
        """Messages wanted and what became of them."""
        return Deliveries(self.view)

    @cached_property
    def following(self) -> Following:
        """Preferences, absences, departures and the days of sessions to come."""
        return Following(self.view)

    @cached_property
    def pauses(self) -> Pauses:
        """What Slack refuses for good."""
        return Pauses(self.view)

    @cached_property
    def comments(self) -> Comments:
        """What leaders and reviewers said about actions."""
        return Comments(self.view)

    @cached_property
    def replies(self) -> Replies:
        """What leaders replied to whoever asked from outside."""
        return Replies(self.view)

    @cached_property
    def grants(self) -> Grants:
        """What schools show to reviewers of other workspaces."""
        return Grants(self.view)

    @cached_property
    def portfolios(self) -> Portfolios:
        """What reviewers see of their schools."""
        return Portfolios(self.view)

    @cached_property
    def errands(self) -> Errands:
        """What changes leave to be done after them."""
        return Errands(self.view)

    def new_id(self) -> str:
        """A random id for a new row."""
        return new_id()


def _at_once(work: Callable[[], None]) -> None:
    work()


@dataclass
class WorkspaceBooks:
    """The books of one workspace. `default_zone` (an IANA name) is for schools that name none.

    `wake` is called after a commit that wants a message, and `after` with the run of what a transaction has left to be
    done: at once, where nobody waits for an answer.
    """

    database: Database
    workspace: str
    default_zone: str
    wake: Callable[[], None] = lambda: None
    after: Callable[[Callable[[], None]], None] = _at_once

    @contextmanager
    def write(self) -> Iterator[Ledger]:
        """A transaction whose changes are kept together, or not at all."""
        with self.database.write() as conn:
            view = self._view(conn, writing=True)
            yield Ledger(view)
            view.commit()
        if view.messages_wanted:
            self.wake()
        if view.errands_left:
            self.after(self.run_errands)

    def run_errands(self) -> None:
        """Run what was left to be done after changes, by this process or another. Raises ExceptionGroup."""
        run(replace(self, after=_at_once))

    @contextmanager
    def at_once(self) -> Iterator[View]:
        """The books for one statement alone, which is kept as it is run."""
        with self.database.at_once() as conn:
            yield Alone(conn, self.workspace, self.default_zone, writing=True)

    @contextmanager
    def as_one(self) -> Iterator[View]:
        """The books for what is one statement on PostgreSQL, and several on SQLite, which are kept together."""
        if self.database.embedded:
            with self.database.write() as conn:
                yield Alone(conn, self.workspace, self.default_zone, writing=True)
        else:
            with self.at_once() as view:
                yield view

    @contextmanager
    def read(self) -> Iterator[Ledger]:
        """A transaction that changes nothing."""
        with self.database.read() as conn:
            yield Ledger(self._view(conn, writing=False))

    def _view(self, conn: Connection, *, writing: bool) -> View:
        return View(conn, self.workspace, self.default_zone, writing)
