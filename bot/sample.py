"""The fictional school of a rehearsal: its reviews, its calendar, and the administrator who connects its channel."""

from collections.abc import Mapping
from datetime import datetime, time
from importlib.resources import as_file, files
from typing import Any

import yaml

from planning.calendar import Closure, SchoolCalendar
from rubric.long import read_long
from rubric.reading import Found
from rubric.rows import read_table
from storage.books import WorkspaceBooks
from storage.database import Database
from storage.intake import keep_reviews
from storage.rubrics import known_rubrics
from storage.schools import change_school, find_school
from storage.workspaces import the_workspace

REVIEWS = ("juniper-hills-2025-10.csv", "juniper-hills-2026-10.csv")
ADMINISTRATOR = "UREVIEWER1"


def bring_in(database: Database, now: datetime) -> SchoolCalendar:
    """Keep the school and its two reviews, held, as an import would; what is there already stays. Its calendar."""
    with database.write() as conn:
        workspace = the_workspace(conn, now)
        rubrics = known_rubrics(conn, workspace)
        with as_file(files("bot").joinpath("rehearsal", "sample")) as folder:
            for name in REVIEWS:
                outcomes, _ = read_long(read_table(folder / name), rubrics)
                reviews = [outcome.review for outcome in outcomes if isinstance(outcome, Found)]
                keep_reviews(conn, workspace, reviews, now, replace=False)
        facts = _facts()
        school = find_school(conn, workspace, facts["code"])
        assert school is not None
        change_school(
            conn, workspace, school.id, name=facts["name"], network=facts["network"], time_zone=facts["time_zone"]
        )
    calendar = sample_calendar()
    with WorkspaceBooks(database, workspace, calendar.zone).write() as ledger:
        ledger.schools.set_calendar(school.id, calendar)
        ledger.people.name_administrator(ADMINISTRATOR, now)
    return calendar


def sample_calendar() -> SchoolCalendar:
    """The school's year."""
    facts = _facts()
    closures = tuple(Closure(one["from"], one["to"], one["name"]) for one in facts["closed"])
    ends = time.fromisoformat(facts["school_day"]["ends"])
    return SchoolCalendar(facts["time_zone"], closures, facts["country"], ends)


def _facts() -> Mapping[str, Any]:
    text = files("bot").joinpath("rehearsal", "sample", "school.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found
