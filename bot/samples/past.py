"""What happened at a sample school before the rehearsal begins, lived through with the verbs that people use."""

import time as real_time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from operator import itemgetter

from bot.samples.facts import SampleAction, SampleAnswer, SamplePlan, SampleSchool
from planning.ballot import Dots
from planning.messages import Kind, Wanted
from planning.plan import Step
from planning.session import Rules, Session
from planning.verbs import choose, commit, connect, draft, focus, follow, gather, start, steer, vote
from planning.verbs.errands import run_here
from planning.verbs.moved import want_re_review
from planning.verbs.turns import after_check_in
from rubric.review import Review
from rubric.rubric import IndicatorId
from storage.books import Ledger
from storage.claim import claim, passed_over
from storage.intake import keep_reviews

Deed = tuple[datetime, Callable[[datetime], None]]
RELEASED_AT, SESSION_AT, ACCEPTED_AT, ANSWERED_AT = time(10, 0), time(13, 0), time(12, 15), time(16, 10)
UNTIL_COMMIT = timedelta(hours=2)
UNTIL_RELEASE = timedelta(days=3)


@dataclass(frozen=True)
class OneTransaction:
    """Books whose every transaction is a part of one: a school comes whole, or not at all."""

    ledger: Ledger

    @contextmanager
    def write(self) -> Iterator[Ledger]:
        """A part of it, with what it leaves to be done."""
        yield self.ledger
        run_here(self.ledger)

    @contextmanager
    def read(self) -> Iterator[Ledger]:
        """The one transaction."""
        yield self.ledger


class Past:
    """Lives through the past of one school up to the moment `now`; `reviews` are its reviews, oldest first."""

    def __init__(self, ledger: Ledger, sample: SampleSchool, school: str, administrator: str, now: datetime) -> None:
        self._ledger = ledger
        self._books = OneTransaction(ledger)
        self._sample = sample
        self._school = school
        self._administrator = administrator
        self._now = now
        self._today = sample.calendar.today(now)

    def live_through(self, reviews: Sequence[Review]) -> None:
        """Do every deed at its moment; what would have been posted then is passed over."""
        deeds = [self._reviewed(review) for review in reviews]
        if self._sample.plan is not None:
            deeds += self._planned(self._sample.plan)
        for moment, deed in sorted(deeds, key=itemgetter(0)):
            if moment <= self._now:
                pass_over(self._ledger, moment)
                deed(moment)
        pass_over(self._ledger, self._now)

    def _reviewed(self, review: Review) -> Deed:
        return self._moment(review.date + UNTIL_RELEASE, RELEASED_AT), partial(self._release, review)

    def _release(self, review: Review, at: datetime) -> None:
        channel, view = self._sample.channel, self._ledger.view
        assert channel is not None
        keep_reviews(view.conn, view.workspace, [review], at, replace=False)
        if self._ledger.schools.of_channel(channel) is None:
            who, leadership, team = self._administrator, self._sample.leadership, self._sample.team
            connect.connect(self._books, who, channel, self._school, leadership, team, at)
        held = self._ledger.reviews.latest(self._school, released=False)
        assert held is not None
        connect.release(self._books, self._sample.leadership.principal, held.id, at)

    def _planned(self, plan: SamplePlan) -> list[Deed]:
        # Where school was closed, the day before: a later one leaves the answers no time, or has not come yet.
        day = self._before(self._today - timedelta(weeks=plan.weeks_ago))
        accepted = self._moment(day + timedelta(days=1), ACCEPTED_AT)
        ids: dict[SampleAction, str] = {}
        deeds: list[Deed] = [
            (self._moment(day, SESSION_AT), partial(self._meet, plan, day, ids)),
            (accepted, partial(self._accept, ids)),
        ]
        for action in (action for priority in plan.priorities for action in priority.actions):
            for answer in action.answers:
                moment = self._moment(self._before(day + timedelta(days=answer.day)), ANSWERED_AT)
                deeds.append((max(moment, accepted), partial(self._answer, ids, action, answer)))
        return deeds

    def _meet(self, plan: SamplePlan, day: date, ids: dict[SampleAction, str], at: datetime) -> None:
        """The whole session, from opening it to the commit; `ids` gets the id of each action."""
        books, who, leaders = self._books, plan.facilitator, self._sample.leadership
        session = start.start(books, who, str(self._sample.channel), Rules(), at)
        for person in self._sample.team:
            if person not in (*leaders.district, *leaders.reviewers):
                session = gather.join(books, person, session.id, at)
        session = self._on(self._on(session, who, at), who, at)
        session = focus.give_word(books, leaders.principal, session.id, plan.off_table, False, at)
        chosen = [IndicatorId(priority.domain, priority.indicator) for priority in plan.priorities]
        session = self._on(session, who, at)
        rest = [entry.indicator for entry in session.shortlist if entry.indicator not in chosen]
        for turn, person in enumerate(vote.voters(self._ledger, session)):
            vote.cast(books, person, session.id, session.round, _ballot(chosen, rest, turn), at)
        session = self._on(session, who, at)
        choose.choose(books, who, session.id, chosen, plan.settled, plan.deferred, at)
        session = self._on(session, who, at)
        for said, kept in zip(plan.priorities, self._ledger.plans.priorities(session.id), strict=True):
            draft.describe(books, who, kept.id, said.root_cause, said.goal, said.target, said.measure, at)
            for action in said.actions:
                ids[action] = self._ledger.new_id()
                draft.add_action(books, who, kept.id, _step(action, day), ids[action], at)
        session = self._on(session, who, at)
        commit.commit(books, who, session.id, session.step, at + UNTIL_COMMIT)

    def _on(self, session: Session, who: str, at: datetime) -> Session:
        return steer.advance(self._books, who, session.id, session.step, at)

    def _accept(self, ids: dict[SampleAction, str], at: datetime) -> None:
        for action, action_id in ids.items():
            follow.accept(self._books, action.owner, action_id, at)

    def _answer(self, ids: dict[SampleAction, str], action: SampleAction, said: SampleAnswer, at: datetime) -> None:
        follow.check_in(self._books, action.owner, ids[action], said.status, said.note, at, said.helper)

    def _before(self, day: date) -> date:
        return self._sample.calendar.school_day_before(day + timedelta(days=1))

    def _moment(self, day: date, at: time) -> datetime:
        calendar = self._sample.calendar
        return calendar.moment(calendar.school_day(day), at)


def stand(ledger: Ledger, sample: SampleSchool, now: datetime) -> None:
    """Want what the channel of a connected school shows when the rehearsal begins: that it is connected, its plan."""
    school = ledger.schools.of_channel(sample.channel) if sample.channel else None
    if school is None or school.channel is None:
        return
    ledger.deliveries.want(Wanted(Kind.CONNECTED, school.channel, school.id, school.id, now - timedelta(seconds=3)))
    plan = ledger.plans.live(school.id)
    if plan is not None:
        ledger.deliveries.want(Wanted(Kind.PLAN, school.channel, plan.id, plan.id, now - timedelta(seconds=2)))
        want_re_review(ledger, school.id, now - timedelta(seconds=1))


def pass_over(ledger: Ledger, until: datetime) -> None:
    """Settle every message due up to the moment `until` without posting it; check-ins go on as if they had been sent.

    A rehearsal that began with months of old messages would bury what it is about.
    """
    while claimed := claim(ledger.view, until, real_time.time(), 1):
        for one in claimed:
            if one.delivery.wanted.kind is Kind.CHECK_IN:
                after_check_in(ledger, one.delivery, one.delivery.wanted.due)
            passed_over(ledger.view, one)


def _step(action: SampleAction, day: date) -> Step:
    due = day + timedelta(days=action.due)
    return Step(action.text, action.owner, due, action.cadence, action.supporters, action.resources, action.shown_by)


def _ballot(chosen: Sequence[IndicatorId], rest: Sequence[IndicatorId], turn: int) -> Dots:
    """Five dots: two each on two of the indicators that win, and one on another, a different one each turn."""
    winners = {chosen[turn % len(chosen)]: 2, chosen[(turn + 1) % len(chosen)]: 2}
    return {**winners, rest[turn % len(rest)]: 1}
