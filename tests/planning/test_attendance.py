"""Who counts as here: people without Slack, those who were excused, and those who are back."""

import pytest

from planning.session import Session
from planning.verbs import gather, vote
from tests.bot.surfaces import shown
from tests.planning.school import NOW, REVIEWER, TEACHERS, School


def facilitators(school: School, session: Session) -> str:
    """All that the facilitator is shown."""
    return shown(school.books, session, [REVIEWER], NOW)


def test_two_people_without_slack_who_share_a_name_count_as_two(school: School) -> None:
    session = school.gathered()
    names = ["Sam Lee", " Sam  Lee ", "", "Noor Haddad"]
    for _ in range(2):
        named = gather.name_guests(school.books, REVIEWER, session.id, names, NOW)
    assert named.guests == ("Sam Lee", "Sam Lee", "Noor Haddad") and named.attendance == 9
    card = facilitators(school, named)
    assert "Sam Lee (2 people), Noor Haddad" in card and "9 people are here" in card
    session = school.go_on(3)
    assert school.read(lambda ledger: vote.electorate(ledger, session)) == 8
    dots = {session.shortlist[0].indicator: 6}
    vote.add_paper(school.books, REVIEWER, session.id, dots, 3, NOW)
    assert school.read(lambda ledger: ledger.ballots.tally(session)).ballots == 3


def test_whoever_was_excused_is_not_counted_as_here_by_the_controls_or_the_paper_ballots(school: School) -> None:
    session = school.voting()
    gather.name_guests(school.books, REVIEWER, session.id, ["Noor Haddad"], NOW)
    assert "7 people are here" in facilitators(school, school.session())
    excused = vote.excuse(school.books, REVIEWER, session.id, TEACHERS[:2], NOW)
    assert "5 people are here" in facilitators(school, excused)
    assert school.read(lambda ledger: vote.most_on_paper(ledger, excused)) == 4, "all who are left vote on paper"


def test_somebody_excused_who_is_back_is_here_again_by_joining_or_by_voting(school: School) -> None:
    session = school.voting()
    vote.excuse(school.books, REVIEWER, session.id, TEACHERS[:2], NOW)
    assert "UANA" in gather.join(school.books, "UANA", session.id, NOW).present
    vote.cast(school.books, "UBEN", session.id, session.round, {session.shortlist[0].indicator: 1}, NOW)
    there = school.session()
    assert there.excused == () and there.here == session.here, "nobody is here twice"


def test_only_those_who_joined_are_excused_and_the_facilitator_reads_so(school: School) -> None:
    session = school.voting()
    with pytest.raises(vote.ExcuseError, match="pressed \\*I'm here\\*") as error:
        vote.excuse(school.books, REVIEWER, session.id, ["UANA", "USTRANGER"], NOW)
    assert error.value.field == "people" and school.session().excused == ()
