"""A small school for the verbs: one released review of the bundled rubric, a connected channel, people with roles."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from planning.people import Leadership
from planning.plan import Cadence, Step
from planning.session import Rules, Session
from planning.verbs import choose, connect, draft, gather, start, steer, vote
from rubric.library import bundled
from rubric.review import Rating, Review
from storage.books import Ledger, WorkspaceBooks
from storage.database import Database
from storage.intake import keep_reviews
from storage.workspaces import bind_workspace

NOW = datetime(2026, 12, 2, 19, 0, tzinfo=UTC)
"""Wednesday, one in the afternoon at the school."""

PRINCIPAL, BACKUP, COACH, DISTRICT, REVIEWER = "UPRINCIPAL", "UBACKUP", "UCOACH", "UDISTRICT", "UREVIEWER"
TEACHERS = ("UANA", "UBEN", "UCLEO", "UDAN")
CHANNEL = "CPLAN"
RUBRIC = bundled()["personalized-learning@1"]


@dataclass
class School:
    """The school and the books that know it."""

    books: WorkspaceBooks
    id: str
    channel: str = CHANNEL
    now: datetime = NOW

    def read(self, what: Callable[[Ledger], Any]) -> Any:
        """Something from the database."""
        with self.books.read() as ledger:
            return what(ledger)

    def session(self) -> Session:
        """The open session, as it is stored."""
        found = self.read(lambda ledger: ledger.sessions.open_at(self.id))
        assert found is not None
        return found  # type: ignore[no-any-return]

    def started(self, **rules: Any) -> Session:
        """A session that the reviewer has just opened."""
        return start.start(self.books, REVIEWER, self.channel, Rules(**rules), self.now)

    def gathered(self, people: tuple[str, ...] = (PRINCIPAL, *TEACHERS), **rules: Any) -> Session:
        """A session with `people` in the room."""
        session = self.started(**rules)
        for person in people:
            gather.join(self.books, person, session.id, self.now)
        return self.session()

    def go_on(self, times: int = 1) -> Session:
        """The facilitator goes on."""
        for _ in range(times):
            session = self.session()
            steer.advance(self.books, session.facilitator, session.id, session.step, self.now)
        return self.session()

    def voting(self, **rules: Any) -> Session:
        """A session in which people vote."""
        self.gathered(**rules)
        return self.go_on(3)

    def voted(self, places: dict[int, int], people: tuple[str, ...] = (PRINCIPAL, *TEACHERS)) -> Session:
        """Everybody places the same dots on shortlist places (from 0)."""
        session = self.session()
        for person in people:
            dots = {session.shortlist[place].indicator: count for place, count in places.items()}
            vote.cast(self.books, person, session.id, session.round, dots, self.now)
        return self.session()

    def planning(self, places: tuple[int, ...] = (0, 1)) -> Session:
        """A session in which the plan is drafted, for the shortlist's `places`."""
        self.voting()
        self.voted(dict.fromkeys(places, 2))
        session = self.go_on()
        chosen = [session.shortlist[place].indicator for place in places]
        choose.choose(self.books, REVIEWER, session.id, chosen, "", "", self.now)
        return self.go_on()

    def drafted(self, owners: tuple[str, ...] = ("UANA", "UBEN")) -> Session:
        """A session whose priorities are described, with one action each for `owners`; it is in its last phase."""
        session = self.planning()
        due = self.now.date() + timedelta(days=61)
        for priority, owner in zip(self.read(lambda one: one.plans.priorities(session.id)), owners, strict=True):
            draft.describe(self.books, REVIEWER, priority.id, "Why", "What for", "Mastering", "How", self.now)
            draft.add_action(self.books, "UANA", priority.id, step(owner, due=due), f"for-{priority.id}", self.now)
        return self.go_on()


def step(owner: str, text: str = "Write three shared unit plans", due: date = date(2027, 2, 1)) -> Step:
    """An action as somebody fills it in."""
    return Step(text, owner, due, Cadence.WEEKLY, shown_by="The plans")


def a_school(
    database: Database,
    slack_id: str = "T1",
    code: str = "OAK",
    channel: str = CHANNEL,
    now: datetime = NOW,
    more: tuple[str, ...] = (),
) -> School:
    """A school with a released review and a connected channel, in the workspace bound to `slack_id`."""
    with database.write() as conn:
        workspace = bind_workspace(conn, slack_id, now)
        keep_reviews(conn, workspace, [a_review(code)], now, replace=False)
    books = WorkspaceBooks(database, workspace, "America/Chicago")
    with books.write() as ledger:
        ledger.people.name_administrator(REVIEWER, now)
        school = next(one for one in ledger.schools.all() if one.code == code)
    leadership = Leadership(PRINCIPAL, BACKUP, (COACH,), (DISTRICT,), (REVIEWER,))
    members = (PRINCIPAL, COACH, REVIEWER, *TEACHERS, *more)
    connect.connect(books, REVIEWER, channel, school.id, leadership, members, now)
    review = books
    with review.read() as ledger:
        held = ledger.reviews.latest(school.id, released=False)
    assert held is not None
    connect.release(books, PRINCIPAL, held.id, now)
    return School(books, school.id, channel, now)


def a_review(code: str, day: date = date(2026, 10, 13)) -> Review:
    """Every indicator rated: the first ten Developing, the next Applying, the last Mastering."""
    levels = ["Developing"] * 10 + ["Applying"] * 12 + ["Mastering"] * 9
    ratings = tuple(
        Rating(indicator.id, level, "", ()) for indicator, level in zip(RUBRIC.indicators, levels, strict=True)
    )
    return Review(code, day, RUBRIC.key, "", ratings, ())
