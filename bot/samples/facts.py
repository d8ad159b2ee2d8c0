"""What the files of a sample school say: the school itself, its team, its reviews, and how it came to its plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from planning.calendar import BusyDays, Closure, SchoolCalendar
from planning.people import Leadership
from planning.plan import Cadence, Status
from planning.school_year import SchoolYear

SATURDAY = 5
UNDER_WAY, TO_COME = timedelta(weeks=12), timedelta(weeks=8)
"""How long school must have gone on, and must still go on, where a rehearsal begins."""
A_YEAR = timedelta(weeks=50)


@dataclass(frozen=True, slots=True)
class SampleReview:
    """A review file; it is dated `weeks_ago` before the rehearsal begins, or as the file says where that is None."""

    file: str
    weeks_ago: int | None = None


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """What an owner said of an action, `day` days after the session; `helper` is whom they wanted told."""

    day: int
    status: Status
    note: str = ""
    helper: str | None = None


@dataclass(frozen=True, slots=True)
class SampleAction:
    """One step of the plan, due `due` days after the session."""

    text: str
    owner: str
    due: int
    cadence: Cadence
    shown_by: str
    answers: tuple[SampleAnswer, ...]
    supporters: tuple[str, ...] = ()
    resources: str = ""


@dataclass(frozen=True, slots=True)
class SamplePriority:
    """A priority of the plan, with its actions."""

    domain: str
    indicator: str
    root_cause: str
    goal: str
    target: str
    measure: str
    actions: tuple[SampleAction, ...]


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """How a school came to its plan: the session of `weeks_ago`, and what it wrote down."""

    weeks_ago: int
    facilitator: str
    off_table: str
    settled: str
    deferred: str
    priorities: tuple[SamplePriority, ...]


@dataclass(frozen=True, slots=True)
class SampleSchool:
    """A fictional school. Without a `channel` nobody has connected it yet, and its reviews are held."""

    folder: Traversable
    code: str
    name: str
    network: str
    calendar: SchoolCalendar
    reviews: tuple[SampleReview, ...]
    channel: str | None
    team: tuple[str, ...]
    leadership: Leadership
    plan: SamplePlan | None


def read_sample(name: str, now: datetime) -> SampleSchool:
    """The sample school in the folder called `name`, with its school years at the moment `now` (aware)."""
    folder = files("bot").joinpath("rehearsal", "sample", name)
    raw = _read(folder / "school.yaml")
    planned = folder / "plan.yaml"
    return SampleSchool(
        folder=folder,
        code=raw["code"],
        name=raw["name"],
        network=raw["network"],
        calendar=_calendar(raw, now.date()),
        reviews=tuple(SampleReview(**one) for one in raw["reviews"]),
        channel=raw.get("channel"),
        team=tuple(raw.get("team", ())),
        leadership=_leadership(raw.get("leadership", {})),
        plan=_plan(_read(planned)) if planned.is_file() else None,
    )


def _calendar(raw: Mapping[str, Any], today: date) -> SchoolCalendar:
    hours = raw["staff_hours"]
    return SchoolCalendar(
        raw["time_zone"],
        tuple(Closure(one["from"], one["to"], one["name"]) for one in raw["closed"]),
        raw["country"],
        time.fromisoformat(raw["school_day"]["ends"]),
        time.fromisoformat(hours["from"]),
        time.fromisoformat(hours["until"]),
        raw.get("state", ""),
        tuple(BusyDays(one["from"], one["to"], one["name"]) for one in raw.get("busy", ())),
        _years(raw["school_year"], today),
    )


def _years(said: Mapping[str, str], today: date) -> tuple[SchoolYear, ...]:
    """The school year that is going on and the one before: the last month of school can be rehearsed, and after it that
    nothing is sent. Where a rehearsal begins near to the summer they are moved, so that there is always a plan under
    way and a check-in to come."""

    def year(ends: int) -> SchoolYear:
        first, last = date.fromisoformat(f"{ends - 1}-{said['first']}"), date.fromisoformat(f"{ends}-{said['last']}")
        # Neither is on a weekend: the Monday after, and the Friday before.
        first += timedelta(days=7 - first.weekday() if first.weekday() >= SATURDAY else 0)
        return SchoolYear(first, last - timedelta(days=max(0, last.weekday() - SATURDAY + 1)))

    ends = today.year if today <= year(today.year).last else today.year + 1
    before, now = year(ends - 1), year(ends)
    if now.first + UNDER_WAY <= today <= now.last - TO_COME:
        return before, now
    begun = today - UNDER_WAY
    return SchoolYear(begun - A_YEAR, begun - timedelta(days=1)), SchoolYear(begun, begun + A_YEAR - timedelta(days=1))


def _read(file: Traversable) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.load(file.read_text(encoding="utf-8"), _Loader)
    return found


# The one written in C, where there is one, reads several times faster.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _leadership(raw: Mapping[str, Any]) -> Leadership:
    several = {role: tuple(raw.get(role, ())) for role in ("coaches", "district", "reviewers")}
    return Leadership(raw.get("principal", ""), raw.get("backup", ""), **several)


def _plan(raw: Mapping[str, Any]) -> SamplePlan:
    return SamplePlan(**{**raw, "priorities": tuple(map(_priority, raw["priorities"]))})


def _priority(raw: Mapping[str, Any]) -> SamplePriority:
    return SamplePriority(**{**raw, "actions": tuple(map(_action, raw["actions"]))})


def _action(raw: Mapping[str, Any]) -> SampleAction:
    answers = tuple(SampleAnswer(**{**one, "status": Status(one["status"])}) for one in raw["answers"])
    supporters = tuple(raw.get("supporters", ()))
    return SampleAction(**{**raw, "cadence": Cadence(raw["cadence"]), "supporters": supporters, "answers": answers})
