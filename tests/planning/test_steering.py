"""Timers, handing over, excusing, runoffs, drafts of ballots, concerns, and undoing what was done to the shortlist."""

from datetime import date, timedelta

import pytest

from planning.messages import Kind
from planning.pace import Pace
from planning.people import NotAllowedError, NotFacilitatorError
from planning.phases import Phase
from planning.session import MovedOnError, Rules, WrongPhaseError
from planning.verbs import choose, focus, gather, start, steer, timing, vote
from storage.intake import keep_reviews
from tests.planning.school import CHANNEL, COACH, NOW, PRINCIPAL, REVIEWER, School, a_review

MINUTE = timedelta(minutes=1)


def test_each_phase_gets_the_time_of_the_sessions_pace_and_the_facilitator_is_asked_at_its_end(school: School) -> None:
    session = school.gathered(pace=Pace.HALF_DAY)
    assert session.timer and session.timer.ends_at == NOW + 10 * MINUTE, "gathering has its time too"
    celebrating = school.go_on()
    assert celebrating.timer and celebrating.timer.ends_at == NOW + 15 * MINUTE
    asked = school.read(lambda one: one.deliveries.find(Kind.TIME_UP, REVIEWER, timing.occasion(celebrating)))
    assert asked.wanted.due == NOW + 15 * MINUTE
    assert school.session().phase is Phase.CELEBRATE, "the end of a timer moves nothing"


def test_a_pause_stops_the_timer_and_resuming_days_later_gives_back_what_was_left(school: School) -> None:
    school.gathered(pace=Pace.SHORT)
    session = school.go_on()
    paused = steer.pause(school.books, REVIEWER, session.id, session.step, NOW + 3 * MINUTE)
    assert paused.timer and paused.timer.ends_at is None and paused.timer.left == 5 * MINUTE
    later = NOW + timedelta(days=6)
    resumed = steer.resume(school.books, REVIEWER, session.id, later)
    assert resumed == school.session()
    assert resumed.timer and resumed.timer.ends_at == later + 5 * MINUTE


@pytest.mark.parametrize("minutes", [0, -3, 241])
def test_a_timer_of_no_or_too_many_minutes_is_refused(school: School, minutes: int) -> None:
    session = school.gathered()
    with pytest.raises(timing.TimerError):
        timing.set_timer(school.books, REVIEWER, session.id, session.step, minutes, NOW)
    assert school.session() == session


def test_a_timer_is_set_stopped_and_not_set_from_a_late_window(school: School) -> None:
    session = school.gathered()
    timed = timing.set_timer(school.books, REVIEWER, session.id, session.step, 7, NOW)
    assert timed.timer and timed.timer.ends_at == NOW + 7 * MINUTE
    assert timing.set_timer(school.books, REVIEWER, session.id, session.step, None, NOW).timer is None
    school.go_on()
    with pytest.raises(MovedOnError):
        timing.set_timer(school.books, REVIEWER, session.id, session.step, 7, NOW)


def test_a_session_is_handed_over_and_taken_back_by_the_one_who_gave_it(school: School) -> None:
    session = school.gathered()
    handed = steer.hand_over(school.books, REVIEWER, session.id, session.step, "UANA", NOW)
    assert handed.facilitator == "UANA" and handed.cofacilitators == (REVIEWER,)
    with pytest.raises(NotFacilitatorError):
        steer.advance(school.books, REVIEWER, session.id, session.step, NOW)
    back = steer.take_over(school.books, REVIEWER, session.id, NOW)
    assert back.facilitator == REVIEWER and back.cofacilitators == ("UANA",)
    assert steer.take_over(school.books, "UANA", session.id, NOW).facilitator == "UANA", "a co-facilitator may too"


def test_a_session_goes_to_nobody_outside_and_a_teacher_cannot_take_it(school: School) -> None:
    session = school.gathered()
    with pytest.raises(steer.HandOverError):
        steer.hand_over(school.books, REVIEWER, session.id, session.step, "USTRANGER", NOW)
    with pytest.raises(NotAllowedError):
        steer.take_over(school.books, "UANA", session.id, NOW)
    assert school.session() == session


def test_who_takes_over_after_voting_still_counts_among_the_voters(school: School) -> None:
    school.voting()
    school.voted({0: 2})
    session = steer.take_over(school.books, PRINCIPAL, school.session().id, NOW)
    with school.books.read() as ledger:
        assert len(vote.awaited(ledger, session)) == 5 == ledger.ballots.count(session)


def test_a_session_is_not_cancelled_without_a_reason(school: School) -> None:
    session = school.gathered()
    with pytest.raises(steer.CancelError):
        steer.cancel(school.books, REVIEWER, session.id, session.step, " \n", NOW)
    assert school.session() == session
    assert steer.cancel(school.books, REVIEWER, session.id, session.step, "Snow", NOW).cancelled_because == "Snow"


def test_the_facilitator_chooses_an_older_review_and_nobody_one_that_is_held(school: School) -> None:
    with school.books.database.write() as conn:
        workspace = school.books.workspace
        keep_reviews(conn, workspace, [a_review("OAK", date(2027, 10, 13))], NOW, replace=False)
    held = school.read(lambda one: one.reviews.latest(school.id, released=False))
    (released,) = school.read(lambda one: one.reviews.released(school.id))
    with pytest.raises(start.RulesError) as refused:
        start.start(school.books, REVIEWER, CHANNEL, Rules(), NOW, held.id)
    assert refused.value.field == "review"
    assert start.start(school.books, REVIEWER, CHANNEL, Rules(), NOW, released.id).review == released.id


def test_nobody_waits_for_somebody_excused_whose_ballot_counts_all_the_same(school: School) -> None:
    session = school.voting()
    school.voted({0: 2}, (PRINCIPAL, "UANA", "UBEN", "UCLEO"))
    vote.excuse(school.books, REVIEWER, session.id, ["UDAN", "UANA"], NOW)
    session = school.session()
    assert session.excused == ("UANA", "UDAN")
    with school.books.read() as ledger:
        assert set(vote.awaited(ledger, session)) == {PRINCIPAL, "UANA", "UBEN", "UCLEO"}
    assert vote.remind(school.books, REVIEWER, session.id, session.step, NOW) == 0
    school.voted({1: 1}, ("UDAN",))
    with school.books.read() as ledger:
        assert ledger.ballots.count(session) == 5, "who comes back may still vote"


def test_a_ballot_that_was_only_begun_is_there_again_and_counts_for_nothing(school: School) -> None:
    session = school.voting()
    first, second = (entry.indicator for entry in session.shortlist[:2])
    vote.begin(school.books, "UANA", session.id, session.round, {first: 3, second: 3})
    with school.books.read() as ledger:
        assert ledger.ballots.begun(session, "UANA") == {first: 3, second: 3}, "too many dots are kept too"
        assert ledger.ballots.own(session, "UANA") == {} and ledger.ballots.count(session) == 0
        assert ledger.ballots.begun(session, "UBEN") is None
    vote.cast(school.books, "UANA", session.id, session.round, {first: 3, second: 2}, NOW)
    with school.books.read() as ledger:
        assert ledger.ballots.begun(session, "UANA") is None
        assert ledger.ballots.own(session, "UANA") == {first: 3, second: 2}


def tied(school: School) -> None:
    """A session in Choose: place 0 is clear, 1 and 2 are tied for one more place."""
    school.voting(priorities=2)
    school.voted({0: 3, 1: 1, 2: 1})
    school.go_on()


def test_a_runoff_settles_a_tie_with_one_dot_each_and_keeps_the_first_vote(school: School) -> None:
    tied(school)
    session = school.session()
    clear, one, other = (entry.indicator for entry in session.shortlist[:3])
    again = vote.runoff(school.books, REVIEWER, session.id, session.step, NOW)
    assert again.phase is Phase.VOTE and [entry.indicator for entry in again.contest] == [one, other]
    with pytest.raises(vote.BallotError):
        vote.cast(school.books, "UANA", session.id, again.round, {clear: 1}, NOW)
    with pytest.raises(vote.BallotError):
        vote.cast(school.books, "UANA", session.id, again.round, {one: 1, other: 1}, NOW)
    for person, choice in ((PRINCIPAL, one), ("UANA", other), ("UBEN", other), ("UCLEO", other)):
        vote.cast(school.books, person, session.id, again.round, {choice: 1}, NOW)
    chosen = school.go_on()
    with school.books.read() as ledger:
        by_dots = vote.proposal(ledger, chosen)
        assert by_dots.clear == (clear, other) and by_dots.tied == ()
        assert ledger.ballots.tally(chosen.first_round).dots == 25
    choose.choose(school.books, REVIEWER, session.id, [clear, other], "", "", NOW)
    assert [entry.indicator for entry in school.session().deferred][:1] == [one]


def test_there_is_no_runoff_without_a_tie_and_none_after_a_runoff(school: School) -> None:
    tied(school)
    session = school.session()
    vote.runoff(school.books, REVIEWER, session.id, session.step, NOW)
    for person, place in ((PRINCIPAL, 1), ("UANA", 1), ("UBEN", 2), ("UCLEO", 2)):
        indicator = session.shortlist[place].indicator
        vote.cast(school.books, person, session.id, session.round + 1, {indicator: 1}, NOW)
    again = school.go_on()
    with pytest.raises(vote.NoTieError):
        vote.runoff(school.books, REVIEWER, session.id, again.step, NOW)
    with school.books.read() as ledger:
        assert vote.proposal(ledger, again).tied, "a second tie is said, and talked through"


def test_stepping_back_from_a_runoff_starts_a_fresh_whole_ballot(school: School) -> None:
    tied(school)
    session = school.session()
    vote.runoff(school.books, REVIEWER, session.id, session.step, NOW)
    school.voted({1: 1})
    again = school.go_on()
    fresh = steer.go_back(school.books, REVIEWER, session.id, again.step, NOW)
    assert fresh.runoff == () and fresh.contest == fresh.shortlist
    with school.books.read() as ledger:
        assert ledger.ballots.count(fresh) == 0


def test_what_the_team_did_to_the_shortlist_is_undone(school: School) -> None:
    school.gathered(shortlist=5)
    session = school.go_on(2)
    before = session.shortlist
    off = before[1].indicator
    focus.remove(school.books, "UANA", session.id, off, "Next year", NOW)
    assert school.session().listed(off) is None
    focus.put_back(school.books, "UBEN", session.id, off, NOW)
    assert school.session().shortlist == before and school.session().removed == ()
    review = school.read(lambda one: one.reviews.load(session.review))
    free = next(r.indicator for r in review.review.ratings if session.listed(r.indicator) is None)
    added = focus.add(school.books, "UANA", session.id, free, "We saw it in lessons", NOW)
    focus.remove(school.books, "UANA", session.id, free, "After all not", NOW)
    focus.put_back(school.books, "UANA", session.id, free, NOW)
    assert school.session().shortlist == added.shortlist, "with the reason it was added for"
    focus.undo_add(school.books, "UANA", session.id, free, NOW)
    focus.undo_add(school.books, "UANA", session.id, before[0].indicator, NOW)
    assert school.session().shortlist == before, "what the review put there is not undone"


def test_a_concern_is_kept_once_with_a_name_or_with_nobodys(school: School) -> None:
    school.gathered()
    session = school.go_on(2)
    indicator = session.shortlist[0].indicator
    for request, named in (("r1", True), ("r1", True), ("r2", False)):
        focus.note_concern(school.books, "UANA", session.id, indicator, " Who is left out? ", named, request, NOW)
    first, second = school.session().weighed(indicator)
    assert (first.text, first.person) == ("Who is left out?", "UANA")
    assert second.person is None
    with pytest.raises(focus.ShortlistError):
        focus.note_concern(school.books, "UANA", session.id, indicator, " ", True, "r3", NOW)


def test_a_concern_can_be_noted_until_the_plan_is_written(school: School) -> None:
    session = school.planning()
    indicator = session.shortlist[0].indicator
    with pytest.raises(WrongPhaseError):
        focus.note_concern(school.books, "UANA", session.id, indicator, "Late", True, "r1", NOW)


def test_each_deferred_indicator_keeps_a_sentence_of_its_own(school: School) -> None:
    school.voting()
    school.voted({0: 2})
    session = school.go_on()
    listed = [entry.indicator for entry in session.shortlist]
    choose.choose(school.books, REVIEWER, session.id, listed[:1], "By talking", "Next year", NOW)
    sentences = {listed[1].mark: "Once the timetable is new", listed[2].mark: " "}
    choose.say_why(school.books, REVIEWER, session.id, sentences, NOW)
    told = {entry.indicator: entry.reason for entry in school.session().deferred}
    assert told[listed[1]] == "Once the timetable is new" and told[listed[2]] == "Next year"
    choose.choose(school.books, REVIEWER, session.id, [listed[0], listed[2]], "By talking", "", NOW)
    again = {entry.indicator: entry.reason for entry in school.session().deferred}
    assert again == {one: reason for one, reason in told.items() if one != listed[2]}, "choosing again keeps each"


def test_late_comers_join_before_the_reveal_and_not_after(school: School) -> None:
    session = school.voting()
    gather.join(school.books, COACH, session.id, NOW)
    assert COACH in school.session().here
