"""Who may move a session, and what each phase needs."""

from dataclasses import replace
from datetime import date

import pytest

from planning.ballot import BallotError, Way
from planning.messages import Kind
from planning.people import Leadership, NotAdministratorError, NotAllowedError, NotFacilitatorError, OutsiderError
from planning.phases import Phase
from planning.session import EndedError, MovedOnError, NotReadyError, PausedError, Session, SessionOpenError, State
from planning.verbs import choose, connect, focus, gather, start, steer, vote
from planning.verbs.start import HeldReviewError, NoReviewError, RulesError
from storage.intake import keep_reviews
from storage.schools import add_school
from storage.tables.sessions import ballots, tallies, totals
from tests.planning.school import (
    CHANNEL,
    COACH,
    DISTRICT,
    NOW,
    PRINCIPAL,
    REVIEWER,
    TEACHERS,
    School,
    a_review,
)


def test_a_stranger_neither_joins_nor_votes_nor_sees(school: School) -> None:
    session = school.started()
    for deed in (
        lambda: gather.join(school.books, "USTRANGER", session.id, NOW),
        lambda: vote.cast(school.books, "USTRANGER", session.id, 1, {}, NOW),
        lambda: start.start(school.books, "USTRANGER", CHANNEL, session.rules, NOW),
    ):
        with pytest.raises(OutsiderError):
            deed()
    assert school.session() == session


def test_only_an_administrator_connects_a_channel(school: School) -> None:
    with pytest.raises(NotAdministratorError):
        connect.connect(school.books, PRINCIPAL, "COTHER", school.id, Leadership("UX", "UY"), (), NOW)
    assert school.read(lambda ledger: ledger.schools.load(school.id)).channel == CHANNEL


def test_a_held_review_opens_no_session_and_a_teacher_cannot_release_it(school: School) -> None:
    with school.books.database.write() as conn:
        keep_reviews(conn, school.books.workspace, [a_review("ELM", date(2026, 11, 1))], NOW, replace=False)
    with school.books.read() as ledger:
        elm = next(one for one in ledger.schools.all() if one.code == "ELM")
        with pytest.raises(HeldReviewError):
            start.ready_review(ledger, elm.id)
        held = ledger.reviews.latest(elm.id, released=False)
    assert held is not None
    with pytest.raises(OutsiderError):
        connect.release(school.books, "UANA", held.id, NOW)


def test_a_school_without_a_review_says_so(school: School) -> None:
    with school.books.database.write() as conn:
        ash = add_school(conn, school.books.workspace, "ASH")
    with school.books.read() as ledger, pytest.raises(NoReviewError):
        start.ready_review(ledger, ash.id)


def test_a_second_session_leads_to_the_open_one(school: School) -> None:
    session = school.started()
    with pytest.raises(SessionOpenError) as error:
        school.started()
    assert error.value.session.id == session.id


@pytest.mark.parametrize("rules", [{"dots": 0}, {"cap": 0}, {"shortlist": 99}, {"priorities": 0}])
def test_numbers_that_make_no_sense_are_refused(school: School, rules: dict[str, int]) -> None:
    with pytest.raises(RulesError) as error:
        school.started(**rules)
    assert error.value.field in rules


def test_whoever_gives_two_dots_each_need_not_lower_how_many_go_on_one_indicator(school: School) -> None:
    assert school.started(dots=2).rules.cap == 2


def test_only_the_facilitator_goes_on_and_only_from_the_current_step(school: School) -> None:
    session = school.gathered()
    with pytest.raises(NotFacilitatorError):
        steer.advance(school.books, "UANA", session.id, session.step, NOW)
    steer.advance(school.books, REVIEWER, session.id, session.step, NOW)
    with pytest.raises(MovedOnError):
        steer.advance(school.books, REVIEWER, session.id, session.step, NOW)
    assert school.session().phase is Phase.CELEBRATE


def test_a_session_with_nobody_else_in_the_room_does_not_begin(school: School) -> None:
    session = school.started()
    with pytest.raises(NotReadyError):
        steer.advance(school.books, REVIEWER, session.id, session.step, NOW)


def test_a_leader_takes_over_and_a_teacher_or_district_leader_does_not(school: School) -> None:
    session = school.gathered()
    for person in ("UANA", DISTRICT):
        with pytest.raises(NotAllowedError):
            steer.take_over(school.books, person, session.id, NOW)
    assert steer.take_over(school.books, COACH, session.id, NOW).facilitator == COACH


def test_a_paused_session_takes_nothing_in_until_it_is_resumed(school: School) -> None:
    session = school.voting()
    steer.pause(school.books, REVIEWER, session.id, session.step, NOW)
    with pytest.raises(PausedError):
        school.voted({0: 1})
    resumed = steer.resume(school.books, REVIEWER, session.id, NOW)
    assert (resumed.phase, resumed.state) == (Phase.VOTE, State.OPEN)
    school.voted({0: 1})


def test_a_cancelled_session_lets_another_start(school: School) -> None:
    session = school.gathered()
    steer.cancel(school.books, REVIEWER, session.id, session.step, "Snow", NOW)
    with pytest.raises(EndedError):
        gather.join(school.books, "UANA", session.id, NOW)
    assert school.started().id != session.id


def test_only_the_principal_says_what_is_off_the_table(school: School) -> None:
    school.gathered()
    session = school.go_on(2)
    with pytest.raises(NotAllowedError):
        focus.give_word(school.books, "UANA", session.id, "Everything", True, NOW)
    said = focus.give_word(school.books, PRINCIPAL, session.id, "The bell schedule", True, NOW)
    assert (said.off_table, said.advises) == ("The bell schedule", True)


def test_an_indicator_taken_off_keeps_its_reason_and_can_come_back(school: School) -> None:
    school.gathered()
    session = school.go_on(2)
    first = session.shortlist[0].indicator
    off = focus.remove(school.books, "UANA", session.id, first, "Out of our hands", NOW)
    assert off.removed[0].reason == "Out of our hands" and off.listed(first) is None
    back = focus.add(school.books, "UBEN", session.id, first, "It is in our hands after all", NOW)
    assert back.removed == () and back.shortlist[-1].why_added == "It is in our hands after all"
    assert school.session() == back


def test_the_shortlist_changes_only_with_a_reason_and_only_in_focus(school: School) -> None:
    school.gathered()
    session = school.go_on(2)
    with pytest.raises(focus.ShortlistError) as error:
        focus.remove(school.books, "UANA", session.id, session.shortlist[0].indicator, "  ", NOW)
    assert error.value.field == "reason"
    school.go_on()
    with pytest.raises(Exception, match="belongs to Focus"):
        focus.remove(school.books, "UANA", session.id, session.shortlist[0].indicator, "Late", NOW)


def test_facilitators_and_reviewers_have_no_dots_unless_the_team_wants_it(school: School) -> None:
    session = school.voting()
    with pytest.raises(vote.NoVoteError):
        school.voted({0: 1}, (REVIEWER,))
    steer.cancel(school.books, REVIEWER, session.id, session.step, "Snow", NOW)
    school.voting(everyone_votes=True)
    school.voted({0: 1}, (REVIEWER,))


def test_a_ballot_can_be_changed_and_counts_once(school: School) -> None:
    session = school.voting()
    school.voted({0: 3, 1: 2}, ("UANA",))
    school.voted({2: 1}, ("UANA",))
    with school.books.read() as ledger:
        assert ledger.ballots.count(session) == 1
        assert dict(ledger.ballots.own(session, "UANA")) == {session.shortlist[2].indicator: 1}


def test_stepping_back_to_vote_starts_a_fresh_ballot(school: School) -> None:
    school.voting()
    school.voted({0: 3})
    session = school.go_on()
    again = steer.go_back(school.books, REVIEWER, session.id, session.step, NOW)
    with school.books.read() as ledger:
        assert ledger.ballots.count(again) == 0
        assert ledger.ballots.tally(again).dots == 0
    with pytest.raises(BallotError, match="fresh ballot"):
        vote.cast(school.books, "UANA", again.id, again.round - 1, {again.shortlist[0].indicator: 1}, NOW)


def test_paper_ballots_go_in_as_one_batch_for_the_people_who_were_named(school: School) -> None:
    session = school.voting()
    dots = {session.shortlist[0].indicator: 6, session.shortlist[1].indicator: 4}
    with pytest.raises(BallotError):
        vote.add_paper(school.books, REVIEWER, session.id, dots, 2, NOW)
    gather.name_guests(school.books, REVIEWER, session.id, ["Mr. Oak", "Ms. Elm"], NOW)
    vote.add_paper(school.books, REVIEWER, session.id, dots, 2, NOW)
    vote.add_paper(school.books, REVIEWER, session.id, dots, 2, NOW)
    school.voted({0: 1}, ("UANA",))
    with school.books.read() as ledger:
        result = ledger.ballots.tally(school.session())
    assert result.ballots == 3 and result.totals[0] == (session.shortlist[0].indicator, 7)


@pytest.mark.parametrize(("dots", "ballots"), [({}, 2), ({0: 0}, 2), ({0: 1}, 0), ({0: 6, 1: 5}, 2)])
def test_a_batch_whose_dots_and_people_do_not_go_together_leaves_the_one_before(
    school: School, dots: dict[int, int], ballots: int
) -> None:
    session = school.voting()
    gather.name_guests(school.books, REVIEWER, session.id, ["Mr. Oak", "Ms. Elm"], NOW)
    vote.add_paper(school.books, REVIEWER, session.id, {session.shortlist[0].indicator: 4}, 2, NOW)
    with pytest.raises(BallotError) as error:
        placed = {session.shortlist[place].indicator: count for place, count in dots.items()}
        vote.add_paper(school.books, REVIEWER, session.id, placed, ballots, NOW)
    assert error.value.field == "ballots"
    assert school.read(lambda one: one.ballots.tally(session)).dots == 4


def test_a_guest_list_is_not_made_shorter_than_the_paper_ballots_that_are_counted(school: School) -> None:
    session = school.voting()
    gather.name_guests(school.books, REVIEWER, session.id, ["Mr. Oak", "Ms. Elm"], NOW)
    vote.add_paper(school.books, REVIEWER, session.id, {session.shortlist[0].indicator: 4}, 2, NOW)
    with pytest.raises(gather.GuestsError, match="2 paper ballots are counted"):
        gather.name_guests(school.books, REVIEWER, session.id, ["Mr. Oak"], NOW)
    vote.add_paper(school.books, REVIEWER, session.id, {}, 0, NOW)
    assert gather.name_guests(school.books, REVIEWER, session.id, ["Mr. Oak"], NOW).guests == ("Mr. Oak",)
    assert school.read(lambda one: one.ballots.count(session)) == 0, "no ballots take the batch back"


def test_with_under_four_in_slack_everybody_votes_on_paper_and_the_batch_is_revealed(school: School) -> None:
    session = school.gathered((PRINCIPAL, "UANA"))
    gather.name_guests(school.books, REVIEWER, session.id, ["Mr. Oak", "Ms. Elm"], NOW)
    session = school.go_on(3)
    first = session.shortlist[0].indicator
    with pytest.raises(vote.OnPaperError):
        vote.cast(school.books, "UANA", session.id, 1, {first: 1}, NOW)
    with pytest.raises(BallotError) as error:
        vote.add_paper(school.books, REVIEWER, session.id, {first: 3}, 5, NOW)
    assert error.value.field == "ballots"
    vote.add_paper(school.books, REVIEWER, session.id, {first: 12}, 4, NOW)
    with school.books.read() as ledger:
        assert vote.electorate(ledger, session) == 4 == ledger.ballots.count(session)
    late = [gather.join(school.books, person, session.id, NOW) for person in ("UBEN", "UCLEO")][-1]
    with pytest.raises(vote.OnPaperError):
        vote.cast(school.books, "UCLEO", session.id, 1, {first: 1}, NOW)
    chosen = school.go_on()
    with school.books.read() as ledger:
        assert vote.revealed(ledger, chosen) and vote.proposal(ledger, late).clear == ()
        assert vote.proposal(ledger, chosen).clear == (first,)


def test_the_few_ballots_that_were_cast_in_slack_give_way_to_everybody_s_paper(school: School) -> None:
    session = school.voting()
    gather.name_guests(school.books, REVIEWER, session.id, ["Mr. Oak", "Ms. Elm"], NOW)
    school.voted({0: 3}, ("UANA",))
    vote.excuse(school.books, REVIEWER, session.id, [PRINCIPAL, "UBEN", "UCLEO"], NOW)
    with school.books.read() as ledger:
        assert vote.way_of(ledger, school.session()) is Way.PAPER
    second = session.shortlist[1].indicator
    vote.add_paper(school.books, REVIEWER, session.id, {second: 8}, 4, NOW)
    chosen = school.go_on()
    with school.books.read() as ledger:
        assert ledger.ballots.tally(chosen).dots == 8 and vote.revealed(ledger, chosen)


def test_a_few_slips_of_paper_alone_stay_hidden(school: School) -> None:
    session = school.voting()
    gather.name_guests(school.books, REVIEWER, session.id, ["Mr. Oak"], NOW)
    vote.add_paper(school.books, REVIEWER, session.id, {session.shortlist[0].indicator: 3}, 1, NOW)
    chosen = school.go_on()
    assert not school.read(lambda one: vote.revealed(one, chosen)), "one person's would be told"


def test_under_four_voters_the_team_goes_on_without_a_vote(school: School) -> None:
    school.gathered((PRINCIPAL, "UANA", "UBEN"))
    assert school.go_on(4).phase is Phase.CHOOSE


def test_a_late_comer_s_ballot_counts_them_as_here_and_a_refused_one_does_not(school: School) -> None:
    school.gathered((PRINCIPAL, "UANA", "UBEN", "UCLEO"))
    session = school.go_on(3)
    for outside in (DISTRICT, REVIEWER):
        with pytest.raises(vote.NoVoteError):
            vote.cast(school.books, outside, session.id, 1, {session.shortlist[0].indicator: 1}, NOW)
    school.voted({0: 1}, ("UDAN",))
    assert school.session().here[-1] == "UDAN" and DISTRICT not in school.session().here


def test_too_few_ballots_are_never_revealed_and_leave_no_totals(school: School) -> None:
    school.voting()
    school.voted({0: 3, 1: 2}, ("UANA",))
    session = school.go_on()
    with school.books.read() as ledger:
        assert not vote.revealed(ledger, session)
        assert choose.proposal(ledger, session).clear == ()
    gone = school.session()
    steer.cancel(school.books, REVIEWER, gone.id, gone.step, "Snow", NOW)
    with school.books.database.read() as conn:
        assert conn.execute(ballots.select()).all() == [] and conn.execute(totals.select()).all() == []


def test_paper_beside_one_ballot_is_not_revealed_since_it_could_be_subtracted(school: School) -> None:
    session = school.voting()
    gather.name_guests(school.books, REVIEWER, session.id, ["A", "B", "C", "D"], NOW)
    vote.add_paper(school.books, REVIEWER, session.id, {session.shortlist[0].indicator: 12}, 4, NOW)
    alone = replace(school.session(), phase=Phase.CHOOSE)
    with school.books.read() as ledger:
        assert not vote.revealed(ledger, school.session()), "nothing shows while people vote"
        assert vote.revealed(ledger, alone), "paper alone is anonymous"
    school.voted({0: 3, 1: 2}, ("UANA",))
    with school.books.read() as ledger:
        assert not vote.revealed(ledger, alone)


def test_with_four_voters_somebody_has_to_vote_first(school: School) -> None:
    school.voting()
    with pytest.raises(NotReadyError):
        school.go_on()


def test_a_choice_needs_a_reason_for_a_tie_for_more_than_the_limit_and_against_the_dots(school: School) -> None:
    school.voting(priorities=2)
    school.voted({0: 2, 1: 1, 2: 1})
    session = school.go_on()
    listed = [entry.indicator for entry in session.shortlist]
    for chosen in ([listed[0], listed[1]], [listed[0], listed[1], listed[2]], [listed[5]]):
        with pytest.raises(choose.ChoiceError) as error:
            choose.choose(school.books, REVIEWER, session.id, chosen, " ", "", NOW)
        assert error.value.field == "reason"
    settled = choose.choose(school.books, REVIEWER, session.id, listed[:2], "By talking", "Next year", NOW)
    assert settled.settled_by == "By talking"
    assert {entry.indicator for entry in settled.deferred} == set(listed[2:])
    assert {entry.reason for entry in settled.deferred} == {"Next year"}


def test_more_than_three_priorities_need_a_reason_however_many_the_session_allows(school: School) -> None:
    school.voting(priorities=5)
    school.voted({0: 2, 1: 1, 2: 1, 3: 1})
    session = school.go_on()
    chosen = [entry.indicator for entry in session.shortlist][:4]
    with pytest.raises(choose.ChoiceError, match="More than 3 priorities need a reason"):
        choose.choose(school.books, REVIEWER, session.id, chosen, "", "", NOW)
    assert choose.choose(school.books, REVIEWER, session.id, chosen, "One for each team", "", NOW).settled_by


def test_the_ballots_of_a_cancelled_session_are_gone_and_their_totals_stay(school: School) -> None:
    session = school.voting()
    school.voted({0: 3, 1: 2})
    steer.cancel(school.books, REVIEWER, session.id, session.step, "Snow", NOW)
    with school.books.database.read() as conn:
        assert conn.execute(ballots.select()).all() == []
        assert {row.dots for row in conn.execute(totals.select())} == {3 * 5, 2 * 5}
        assert [row.ballots for row in conn.execute(tallies.select())] == [len((PRINCIPAL, *TEACHERS))]


def test_a_picture_of_the_vote_is_wanted_only_where_the_totals_are_revealed(school: School) -> None:
    def wanted(session: Session) -> bool:
        occasion = f"{session.id}/{session.round}"
        return school.read(lambda one: one.deliveries.find(Kind.PICTURE, CHANNEL, occasion)) is not None

    school.voting()
    assert not wanted(school.voted({0: 2}, (PRINCIPAL, "UANA", "UBEN")))
    assert not wanted(school.go_on()), "three ballots stay hidden"
    session = school.session()
    back = steer.go_back(school.books, REVIEWER, session.id, session.step, NOW)
    assert not wanted(back)
    school.voted({0: 2})
    assert wanted(school.go_on())
