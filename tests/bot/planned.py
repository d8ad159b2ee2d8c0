"""A school whose team has met already: for tests that begin with its plan, which they need not watch being made."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.samples.bringing import FRESH
from bot.samples.facts import SampleAction, SamplePlan, SamplePriority, SampleSchool, read_sample
from planning.people import Leadership
from planning.plan import Cadence
from tests.bot.played import LEADERSHIP
from tests.bot.stage import HALF_DAY, Stage, staged

TEAM = ("UPRINCIPAL1", "UTEACHER1", "UTEACHER2", "UTEACHER3", "UTEACHER4", "UCOACH1", "UREVIEWER1")
DUE_DAYS = 58
CHOSEN = (
    ("Learner-Centered Classroom Culture", "Learner Agency"),
    ("Structures and Systems of Support", "Grading Systems"),
    ("Learner-Centered Curriculum and Instruction", "Cognitive Lift"),
)


COMMITTED = HALF_DAY + timedelta(hours=2, minutes=1)


@contextmanager
def just_committed(folder: Path, owners: Sequence[str] = ("UTEACHER1", "UTEACHER2", "UCOACH1")) -> Iterator[Stage]:
    """A rehearsal whose team has just committed to a plan: each owner is being asked whether they take it on."""
    # It begins before the commit, so that what the commit wants is sent and not passed over.
    with staged(folder, now=HALF_DAY, school=planned(owners, HALF_DAY)) as stage:
        stage.set_time(COMMITTED)
        stage.service.tick.wake()
        yield stage


def planned(owners: Sequence[str], now: datetime, weeks_ago: int = 0) -> SampleSchool:
    """Juniper Hills, whose session began at one in the afternoon, `weeks_ago` before `now`.

    Each of `owners` has one action, in turn under one of three priorities. They take it on the day after the session,
    where `now` is later.
    """
    leaders = {key: tuple(value) if isinstance(value, list) else value for key, value in LEADERSHIP.items()}
    return replace(
        read_sample(FRESH, now),
        channel="CPLAN1",
        team=TEAM,
        leadership=Leadership(**leaders),
        plan=SamplePlan(weeks_ago, "UREVIEWER1", "", "The dots were clear.", "Next year.", _priorities(owners)),
    )


def _priorities(owners: Sequence[str]) -> tuple[SamplePriority, ...]:
    said = (
        "Units plan the teacher's steps, not the learner's.",
        "Every learner explains their own thinking every day.",
        "Applying",
        "In eight of ten visited classrooms learners do the explaining.",
    )
    turns = [owners[turn :: len(CHOSEN)] for turn in range(len(CHOSEN))]
    return tuple(
        SamplePriority(*chosen, *said, tuple(map(_action, theirs)))
        for chosen, theirs in zip(CHOSEN, turns, strict=True)
    )


def _action(owner: str) -> SampleAction:
    shown_by = "The unit and three samples of learners' work"
    return SampleAction(f"Plan one shared unit ({owner})", owner, DUE_DAYS, Cadence.WEEKLY, shown_by, ())
