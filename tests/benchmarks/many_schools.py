"""Many schools for benchmarks: nine years of reviews, one reviewer of all of them, and a live plan at each."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from bot.cli.importing import import_file
from planning.people import Role
from planning.plan import Status
from storage.books import WorkspaceBooks
from storage.database import Database
from storage.tables.people import roles
from storage.tables.plans import actions, plans, priorities
from storage.tables.reviews import ratings, reviews, schools
from storage.tables.sessions import sessions
from storage.workspaces import bind_workspace
from tests.bot.cli.test_import import MAPPING

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
REVIEWER = "UREVIEWER1"
PRIORITIES = 3
STANDING = list(Status)


def brought_in(database: Database, file: Path) -> WorkspaceBooks:
    """The reviews of `file` (or of LEVERS_BENCHMARK_FILE), in one workspace."""
    with database.write() as conn:
        workspace = bind_workspace(conn, "T1", NOW)
    named = Path(os.environ.get("LEVERS_BENCHMARK_FILE", file))
    # Lines are read as they are asked for.
    assert list(import_file(database, workspace, named, NOW, mapping=MAPPING).lines)
    return WorkspaceBooks(database, workspace, "America/New_York")


def with_plans(books: WorkspaceBooks, many: int) -> None:
    """One reviewer of every school, and a plan at each, with `many` actions in all."""
    home = books.workspace
    with books.database.write() as conn:
        latest = dict(
            conn.execute(select(reviews.c.school_id, reviews.c.id).order_by(reviews.c.school_id, reviews.c.date)).all()
        )
        every = sorted(latest)
        lowest = {
            review: (domain, indicator, level)
            for review, domain, indicator, level in conn.execute(
                select(ratings.c.review_id, ratings.c.domain, ratings.c.indicator, ratings.c.level)
            )
        }
        held = [{"workspace": home, "school_id": one, "person": REVIEWER, "role": Role.REVIEWER.value} for one in every]
        conn.execute(insert(roles), held)
        conn.execute(insert(sessions), [_session(home, one, latest[one]) for one in every])
        conn.execute(insert(plans), [_plan(home, n, one) for n, one in enumerate(every)])
        named = [(one, place) for one in every for place in range(PRIORITIES)]
        conn.execute(insert(priorities), [_priority(home, *at, lowest[latest[at[0]]]) for at in named])
        rows = [_action(home, n, *named[n % len(named)]) for n in range(many)]
        for first in range(0, many, 2000):
            conn.execute(insert(actions), rows[first : first + 2000])
        for n, one in enumerate(every):
            conn.execute(schools.update().where(schools.c.id == one).values(network=f"District {n % 9}"))
    if not books.database.embedded:
        with books.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            conn.exec_driver_sql("ANALYZE")


def _session(home: str, school: str, review: str) -> dict[str, Any]:
    return {
        "workspace": home,
        "id": f"s{school}",
        "school_id": school,
        "review_id": review,
        "channel": "C1",
        "facilitator": REVIEWER,
        "opened_at": NOW,
        "phase": "commit",
        "step": 7,
        "state": "committed",
        "round": 1,
        "shortlist_size": 8,
        "dots": 5,
        "cap": 3,
        "priorities": PRIORITIES,
        "everyone_votes": False,
        "advises": False,
        "off_table": "",
        "settled_by": "",
        "guests": [],
    }


def _plan(home: str, n: int, school: str) -> dict[str, Any]:
    since = NOW - timedelta(days=20 + n % 120)
    ids = {"id": f"p{school}", "school_id": school, "session_id": f"s{school}"}
    return {"workspace": home, **ids, "committed_by": REVIEWER, "committed_at": since}


def _priority(home: str, school: str, place: int, rated: tuple[str, str, str]) -> dict[str, Any]:
    domain, indicator, level = rated
    words = dict.fromkeys(("root_cause", "goal", "target_level", "measure"), "x")
    ids = {"id": f"r{school}{place}", "session_id": f"s{school}", "place": place + 1}
    return {"workspace": home, **ids, "domain": domain, "indicator": f"{indicator}{place}", "level": level, **words}


def _action(home: str, n: int, school: str, place: int) -> dict[str, Any]:
    return {
        "workspace": home,
        "id": f"a{n}",
        "priority_id": f"r{school}{place}",
        "session_id": f"s{school}",
        "place": n,
        "text": "Write three shared unit plans",
        "owner": f"U{n % 900}",
        "supporters": [],
        "due": date(2026, 9, 1) + timedelta(days=n % 150),
        "cadence": "every week",
        "resources": "",
        "shown_by": "",
        "status": STANDING[n % len(STANDING)].value,
        "refused": False,
        "updated_at": NOW - timedelta(days=n % 90),
        "outside": "",
        "link": "",
        "taken_out": False,
    }
