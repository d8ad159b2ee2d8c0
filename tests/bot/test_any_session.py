"""Random sessions: whatever a team presses, in whatever order, the promises of the meeting hold."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from planning.phases import Phase
from planning.session import Session
from planning.verbs import choose, focus, gather, steer, timing, vote
from planning.verbs.commit import commit
from rubric.errors import LeversError
from rubric.rubric import IndicatorId
from tests.bot.surfaces import shown
from tests.databases import fresh_database
from tests.planning.school import COACH, DISTRICT, NOW, PRINCIPAL, REVIEWER, TEACHERS, a_school, step

TEAM = (PRINCIPAL, COACH, *TEACHERS)
EVERYBODY = (*TEAM, REVIEWER, DISTRICT)
people = st.sampled_from(EVERYBODY)
team = st.sampled_from(TEAM)
places = st.integers(0, 9)
fair = st.dictionaries(places, st.integers(1, 2), min_size=1, max_size=2)
ballots = st.one_of(fair, fair, fair, st.dictionaries(places, st.integers(-1, 7), max_size=5))


class AnySession(RuleBasedStateMachine):
    """One school's session in the hands of everybody at once."""

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        folder = self.open.enter_context(tempfile.TemporaryDirectory())
        self.school = a_school(self.open.enter_context(fresh_database("sqlite", Path(folder))))
        self.books = self.school.books
        self.said: set[str] = set()

    def teardown(self) -> None:
        self.open.close()

    @initialize(dots=st.integers(4, 6), everyone=st.booleans(), phases=st.integers(0, 5), dots_of_all=fair)
    def opened(self, dots: int, everyone: bool, phases: int, dots_of_all: dict[int, int]) -> None:
        self.id = self.school.started(dots=dots, cap=min(dots, 3), priorities=2, everyone_votes=everyone).id
        for person in TEAM:
            self.tried(lambda who=person: gather.join(self.books, who, self.id, NOW))  # type: ignore[misc]
        for phase in range(phases):
            if phase == Phase.VOTE.number - 1:
                self.the_team_votes(dots_of_all)
            self.goes_on(late=0)

    @property
    def session(self) -> Session:
        return self.school.read(lambda one: one.sessions.load(self.id))  # type: ignore[no-any-return]

    def tried(self, press: Callable[[], object]) -> bool:
        """A press that may be refused; a refused one changes nothing. Phases only move along the table."""
        before = self.session
        try:
            press()
        except LeversError:
            assert self.session == before
            return False
        after = self.session
        if after.phase is not before.phase:
            assert abs(after.phase.number - before.phase.number) == 1 and after.step == before.step + 1
        return True

    def indicator(self, place: int) -> IndicatorId:
        review = self.school.read(lambda one: one.reviews.load(self.session.review))
        return review.review.ratings[place].indicator  # type: ignore[no-any-return]

    def of_contest(self, dots: dict[int, int]) -> dict[IndicatorId, int]:
        contest = self.session.contest
        return {contest[place % len(contest)].indicator: count for place, count in dots.items()} if contest else {}

    def leading(self) -> str:
        return self.session.facilitator

    @rule(late=st.integers(0, 1))
    def goes_on(self, late: int) -> None:
        self.tried(lambda: steer.advance(self.books, self.leading(), self.id, self.session.step - late, NOW))

    @rule()
    def steps_back(self) -> None:
        self.tried(lambda: steer.go_back(self.books, self.leading(), self.id, self.session.step, NOW))

    @rule(dots=fair)
    def pauses_and_resumes(self, dots: dict[int, int]) -> None:
        if self.tried(lambda: steer.pause(self.books, self.leading(), self.id, self.session.step, NOW)):
            assert not self.tried(lambda: vote.cast(self.books, "UANA", self.id, 1, self.of_contest(dots), NOW))
            self.tried(lambda: steer.resume(self.books, self.leading(), self.id, NOW))

    @rule(who=people)
    def somebody_takes_over(self, who: str) -> None:
        self.tried(lambda: steer.take_over(self.books, who, self.id, NOW))

    @rule(minutes=st.integers(-1, 300))
    def sets_a_timer(self, minutes: int) -> None:
        self.tried(lambda: timing.set_timer(self.books, self.leading(), self.id, self.session.step, minutes, NOW))

    @rule(who=team, place=places)
    def somebody_adds_one(self, who: str, place: int) -> None:
        self.tried(lambda: focus.add(self.books, who, self.id, self.indicator(place), "We saw it", NOW))

    @rule(who=team, place=places)
    def somebody_takes_one_off(self, who: str, place: int) -> None:
        self.tried(lambda: focus.remove(self.books, who, self.id, self.indicator(place), "Next year", NOW))

    @rule(who=team, place=places)
    def somebody_undoes_it(self, who: str, place: int) -> None:
        self.tried(lambda: focus.put_back(self.books, who, self.id, self.indicator(place), NOW))

    @rule(who=team, place=places, number=st.integers(0, 10**6))
    def somebody_notes_a_concern(self, who: str, place: int, number: int) -> None:
        text = f"Concern {number}"
        noted = self.tried(
            lambda: focus.note_concern(self.books, who, self.id, self.indicator(place), text, True, text, NOW)
        )
        self.said |= {text} if noted else set()

    @rule(who=people, dots=ballots)
    def somebody_votes(self, who: str, dots: dict[int, int]) -> None:
        session = self.session
        voted = who in self.school.read(lambda one: one.ballots.voted(session))
        # Somebody who was excused and votes is back, which everybody sees.
        seen = self.surfaces(session) if voted and who in session.present else None
        kept = self.tried(
            lambda: vote.cast(self.books, who, self.id, session.round, self.of_contest(dots), NOW),
        )
        if kept and seen is not None:
            assert self.surfaces(session) == seen, "a changed ballot shows nowhere before the reveal"

    @rule(dots=ballots)
    def the_team_votes(self, dots: dict[int, int]) -> None:
        for person in TEAM:
            self.somebody_votes(person, dots)

    @rule(number=st.integers(0, 5))
    def names_people_without_slack(self, number: int) -> None:
        names = [f"Guest {n}" for n in range(number)]
        self.tried(lambda: gather.name_guests(self.books, self.leading(), self.id, names, NOW))

    @rule(dots=st.dictionaries(places, st.integers(0, 12), max_size=3), number=st.integers(-1, 8))
    def counts_paper(self, dots: dict[int, int], number: int) -> None:
        session = self.session
        placed = self.of_contest(dots)
        seen = self.surfaces(session)
        again = self.school.read(lambda one: one.ballots.on_paper(session)) == number
        kept = self.tried(lambda: vote.add_paper(self.books, self.leading(), self.id, placed, number, NOW))
        if kept and again:
            assert self.surfaces(session) == seen, "another batch of as many ballots shows nowhere before the reveal"

    @rule(who=people, dots=ballots)
    def somebody_begins_a_ballot(self, who: str, dots: dict[int, int]) -> None:
        session = self.session
        seen = self.surfaces(session)
        self.tried(lambda: vote.begin(self.books, who, self.id, session.round, self.of_contest(dots)))
        assert self.surfaces(session) == seen

    @rule(who=st.lists(people, max_size=3))
    def excuses(self, who: list[str]) -> None:
        self.tried(lambda: vote.excuse(self.books, self.leading(), self.id, who, NOW))

    @rule()
    def opens_a_runoff(self) -> None:
        self.tried(lambda: vote.runoff(self.books, self.leading(), self.id, self.session.step, NOW))

    @rule(chosen=st.lists(places, min_size=1, max_size=3), why=st.sampled_from(["", "By talking"]))
    def chooses(self, chosen: list[int], why: str) -> None:
        listed = [entry.indicator for entry in self.session.shortlist]
        wanted = [listed[place % len(listed)] for place in chosen] if listed else []
        self.tried(lambda: choose.choose(self.books, self.leading(), self.id, wanted, why, "", NOW))

    @rule()
    def writes_the_plan(self) -> None:
        from planning.verbs import draft

        for priority in self.school.read(lambda one: one.plans.priorities(self.id)):
            self.tried(
                lambda it=priority: draft.describe(self.books, "UANA", it.id, "Why", "What", "Mastering", "How", NOW)  # type: ignore[misc]
            )
            self.tried(
                lambda it=priority: draft.add_action(self.books, "UANA", it.id, step("UBEN"), f"for-{it.id}", NOW)  # type: ignore[misc]
            )

    @rule()
    def commits(self) -> None:
        if self.tried(lambda: commit(self.books, self.leading(), self.id, self.session.step, NOW)):
            assert self.school.read(lambda one: one.plans.live(self.school.id)) is not None

    @invariant()
    def nobody_spends_more_dots_than_they_have(self) -> None:
        session = self.session
        rules = session.ballot_rules
        for person in EVERYBODY:
            own = self.school.read(lambda one, who=person: one.ballots.own(session, who))
            assert sum(own.values()) <= rules.dots and all(0 < count <= rules.cap for count in own.values())
        if not session.ended:
            result = self.school.read(lambda one: one.ballots.tally(session))
            assert result.dots <= rules.dots * result.ballots
            assert result.ballots <= len(set(session.here)) + len(session.guests)

    @invariant()
    def nothing_that_was_said_is_lost(self) -> None:
        assert self.said <= {concern.text for concern in self.session.concerns}

    @invariant()
    def the_shortlist_names_each_indicator_once(self) -> None:
        session = self.session
        named = [entry.indicator for entry in session.shortlist] + [entry.indicator for entry in session.removed]
        assert len(named) == len(set(named))

    def surfaces(self, session: Session) -> str:
        """All that anybody sees of a vote besides their own ballot."""
        voting = session.phase is Phase.VOTE and not session.ended
        return shown(self.books, session, EVERYBODY, NOW) if voting else ""


TestAnySession = AnySession.TestCase
TestAnySession.settings = settings(
    deadline=None, max_examples=25, stateful_step_count=30, suppress_health_check=list(HealthCheck)
)
