"""How long people wait: the time from request to acknowledgement, beside a bare Bolt listener that writes one row."""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bot.app import SUBMISSIONS, build_app
from bot.handlers.requests import Desk
from planning.verbs import connect
from storage.books import WorkspaceBooks
from storage.database import Database
from tests.benchmarks.a_school_year import PARTS
from tests.benchmarks.a_whole_session import Play
from tests.benchmarks.hand import Slack, click, command, milliseconds, slack_that_always_answers, submission
from tests.benchmarks.measuring import MEASURED
from tests.databases import fresh_database
from tests.planning.school import CHANNEL, NOW, REVIEWER, a_school

WARMING, SESSIONS = 8, 10
"""PostgreSQL keeps the plan of a prepared statement after its fifth use (its page on PREPARE)."""
TIMES_SLOWER = 3
PEOPLE, WITHIN_SECONDS, WAITED_MS = 60, 10, 300


class Base(DeclarativeBase):
    """The bare listener's own tables."""


class BareVote(Base):
    """One row."""

    __tablename__ = "bare_votes"
    id: Mapped[int] = mapped_column(primary_key=True)
    dots: Mapped[int]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated database of each kind."""
    with fresh_database(request.param, tmp_path) as fresh:
        yield fresh


@pytest.fixture
def slack() -> Iterator[Slack]:
    """A Slack that always answers."""
    with slack_that_always_answers() as answering:
        yield answering


def bare(database: Database, slack: Slack) -> Callable[[], float]:
    """A Bolt app with one listener that makes one ORM write and acknowledges; each call times one submission to it."""
    app = App(
        client=WebClient("xoxb-1", base_url=slack.url),
        token_verification_enabled=False,
        request_verification_enabled=False,
        process_before_response=True,
    )
    Base.metadata.create_all(database.engine)
    numbers = count(1)

    @app.view("bare")
    def vote(ack: Ack) -> None:
        with Session(database.engine) as session:
            session.add(BareVote(id=next(numbers), dots=1))
            session.commit()
        ack()

    body = submission("UANA", {"callback_id": "bare", "type": "modal", "blocks": [], "private_metadata": ""}, {})
    return lambda: milliseconds(app, body)[0]


def app_for(books: WorkspaceBooks, slack: Slack) -> tuple[App, Desk]:
    """The real app on these books."""
    desk = Desk(books, lambda: NOW, "ULEVERS")
    return build_app(WebClient("xoxb-1", base_url=slack.url), desk), desk


def test_every_window_is_acknowledged_nearly_as_fast_as_a_bare_listener(database: Database, slack: Slack) -> None:
    bare_one = bare(database, slack)
    bare_times: list[float] = []
    times: dict[str, list[float]] = defaultdict(list)
    # The first sessions warm up, as a bot does that has run for a day: templates are read, statements prepared.
    warming, sessions = (WARMING, SESSIONS) if MEASURED else (1, 1)
    for number in range(warming + sessions):
        school = a_school(database, f"T{number}")
        if number == warming:
            bare_times.clear()
        app, desk = app_for(school.books, slack)
        # The first gesture that an app gets prepares what all others use.
        milliseconds(app, command(REVIEWER, "help"))
        play = Play(app, desk, slack, school, lambda: bare_times.append(bare_one()))
        for part in PARTS:
            part(play)
        for name, elapsed in play.times if number >= warming else ():
            times[name].append(elapsed)
    as_fast = statistics.median(bare_times)
    print(f"\nbare: {as_fast:.2f} ms")
    for name, found in sorted(times.items(), key=lambda pair: -statistics.median(pair[1])):
        median = statistics.median(found)
        print(f"{name:40} {len(found):4}: median {median:6.2f} ms ({median / as_fast:.1f}x), most {max(found):6.2f}")
    assert {f"sending {name}" for name in SUBMISSIONS} <= set(times), "every window was sent"
    if MEASURED:
        assert [name for name, found in times.items() if statistics.median(found) > TIMES_SLOWER * as_fast] == []


def test_sixty_people_who_vote_within_ten_seconds_wait_no_third_of_a_second(database: Database, slack: Slack) -> None:
    school = a_school(database)
    people = [f"UVOTER{number}" for number in range(PEOPLE)]
    for person in people:
        connect.member_joined(school.books, CHANNEL, person)
    session = school.voting()
    app, desk = app_for(school.books, slack)
    milliseconds(app, click("UANA", "ballot.open", f"{session.id}/{session.step}"))
    desk.afterwards.wait()
    dots = {"dots-0": {"selected_option": {"value": "2"}}}
    window = slack.windows[-1]

    begun, apart = time.monotonic(), (WITHIN_SECONDS if MEASURED else 1) / PEOPLE

    def vote(number: int) -> float:
        time.sleep(max(0, begun + number * apart - time.monotonic()))
        return milliseconds(app, submission(people[number], window, dots))[0]

    # Slack's own client hands what it receives to ten threads.
    with ThreadPoolExecutor(10) as pool:
        waited = sorted(pool.map(vote, range(PEOPLE)))
    print(f"\nmedian {statistics.median(waited):.1f} ms, most {waited[-1]:.1f} ms")
    assert school.read(lambda ledger: len(ledger.ballots.voted(session))) == PEOPLE
    assert not MEASURED or waited[-1] < WAITED_MS
