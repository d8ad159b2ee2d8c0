"""Reading a school's document out of the books, as far as its reader may see."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.documents.content import Document
from bot.documents.findings import Findings, findings
from bot.documents.letters import showable
from bot.documents.plan_part import CheckInDay, PlanPart, plan_part
from bot.sentences import say_plain
from planning.calendar import NOT_YET_KNOWN, SchoolCalendar
from planning.checkins import asked_on, first_check_in, next_check_in
from planning.ledger import Ledger, ReviewHere
from planning.people import Viewer
from planning.plan import CheckIn, Plan
from rubric.errors import LeversError
from rubric.review import Audience


class NothingToShowError(LeversError):
    """The school has neither a plan nor a review that the reader may see."""

    def __init__(self, school: str, *, held: bool) -> None:
        why = (
            "its review is held until its reviewer or the principal releases it"
            if held
            else "no review of it is here; `levers import` brings one in"
        )
        super().__init__(f"{school} has nothing to export: there is no committed plan yet, and {why}.")


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader may see: evidence for which audiences, whose action is whose, how each stands, a held review.

    `answers` is true of the moments (UTC) of which they see who said what.
    """

    audiences: frozenset[Audience]
    owners: bool
    standing: bool
    held: bool
    answers: Callable[[datetime | None], bool]

    @classmethod
    def of(cls, viewer: Viewer) -> "Sight":
        """What `viewer` sees: names are beside statuses only for whoever sees answers."""
        standing = viewer.sees_answers or not viewer.sees_owners
        return cls(viewer.audiences, viewer.sees_owners, standing, viewer.sees_held_review, viewer.sees_answer)


HOST = Sight(frozenset({Audience.TEAM}), owners=True, standing=True, held=True, answers=lambda _said_at: True)
"""Whoever runs a command where Levers runs: as `levers status` and `levers lowest`, with the team's evidence."""


def school_document(ledger: Ledger, school: str, sight: Sight) -> Document:
    """The newest findings and the live plan of `school`. Raises NothingToShowError where neither is there to see."""
    here = ledger.schools.load(school)
    review = ledger.reviews.latest(school, released=not sight.held)
    plan = ledger.plans.live(school)
    if review is None and plan is None:
        raise NothingToShowError(here.name, held=ledger.reviews.latest(school, released=False) is not None)
    return Document(
        showable(here.name),
        here.code,
        _findings(ledger, review, sight) if review else None,
        _plan(ledger, plan, sight, counted=True) if plan else None,
    )


def committed_document(ledger: Ledger, plan: Plan) -> Document:
    """`plan` as it was agreed, with the findings that it rests on, for the team's channel; people are under their ids.

    However late it is posted, no name is beside a status.
    """
    here = ledger.schools.load(plan.school)
    team = Sight.of(Viewer("", plan.school, member=True))
    found = _findings(ledger, ledger.reviews.load(plan.review), team)
    return Document(showable(here.name), here.code, found, _plan(ledger, plan, team, counted=False))


def released_findings(ledger: Ledger, review: ReviewHere) -> Document:
    """What a released review found, for the team's channel."""
    here = ledger.schools.load(review.school)
    team = Sight.of(Viewer("", review.school, member=True))
    return Document(showable(here.name), here.code, _findings(ledger, review, team))


def last_notes(ledger: Ledger, plan: Plan) -> dict[str, CheckIn]:
    """By action, the last note that its owner wrote: what somebody else wrote is not said beside the owner's name."""
    owners = {action.id: action.step.owner for action in plan.actions}
    return {
        one.action: one for one in ledger.plans.check_ins(plan.session) if one.note and owners[one.action] == one.person
    }


def about(ledger: Ledger, committed: Plan) -> tuple[str, date, date]:
    """What stands over a plan: the school's name, the local date of its commit, and the date of its review."""
    calendar = ledger.schools.calendar(committed.school)
    reviewed = ledger.reviews.load(committed.review).review.date
    return ledger.schools.load(committed.school).name, calendar.today(committed.committed_at), reviewed


def _findings(ledger: Ledger, here: ReviewHere, sight: Sight) -> Findings:
    earlier = {**ledger.reviews.declared(here), **here.earlier}
    return findings(here.review, here.rubric, earlier, sight.audiences, held=not here.released)


def _plan(ledger: Ledger, plan: Plan, sight: Sight, *, counted: bool) -> PlanPart:
    calendar = ledger.schools.calendar(plan.school)
    return plan_part(
        plan,
        ledger.sessions.load(plan.session),
        reviewed=ledger.reviews.load(plan.review).review.date,
        local=calendar.today,
        last=last_notes(ledger, plan),
        check_ins=_check_ins(plan, calendar),
        owners=sight.owners,
        standing=sight.standing,
        answers=sight.answers,
        counted=counted,
    )


def _check_ins(plan: Plan, calendar: SchoolCalendar) -> tuple[CheckInDay, ...]:
    """The days on which owners are asked, as planned at the commit: no later than a cadence after an action is due."""
    asked: dict[date, Counter[str]] = {}
    names = plan.names
    for action in plan.actions:
        if not action.status.open:
            continue
        cadence = action.step.cadence
        planned = first_check_in(calendar.today(plan.committed_at), cadence)
        while planned < action.step.due + timedelta(weeks=cadence.weeks):
            asked.setdefault(asked_on(planned, calendar), Counter())[names[action.priority]] += 1
            planned = next_check_in(planned, cadence)
    return tuple(
        CheckInDay(
            day,
            calendar.moment(day, calendar.day_ends),
            tuple(say_plain("report.check_in", actions=count, indicator=name) for name, count in asked[day].items()),
        )
        for day in sorted(asked)
        if day != NOT_YET_KNOWN
    )
