"""What a vote keeps to itself: the totals until the reveal, and who chose what for ever."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from planning.phases import Phase
from planning.session import Session
from planning.verbs import choose, draft, gather, steer, vote, weigh
from planning.verbs.commit import commit
from rubric.errors import LeversError
from tests.bot.surfaces import shown, without_ids
from tests.databases import fresh_database
from tests.planning.school import COACH, DISTRICT, NOW, PRINCIPAL, REVIEWER, TEACHERS, School, a_school, step

EVERYBODY = (PRINCIPAL, *TEACHERS, COACH, DISTRICT, REVIEWER)
Ballots = dict[str, dict[int, int]]
ONE: Ballots = {"UANA": {0: 3, 1: 2}, "UBEN": {2: 3}, "UCLEO": {0: 1}, "UDAN": {1: 2, 3: 1}, PRINCIPAL: {0: 2}}
SWAPPED: Ballots = {**ONE, "UANA": ONE["UBEN"], "UBEN": ONE["UANA"], "UCLEO": ONE[PRINCIPAL], PRINCIPAL: ONE["UCLEO"]}
OTHER: Ballots = {person: {7: 2, 6: 1} for person in ONE}


@pytest.fixture
def schools(tmp_path: Path) -> Iterator[tuple[School, School]]:
    """Two schools that are alike, each in a workspace of its own."""
    with fresh_database("sqlite", tmp_path) as database:
        yield a_school(database), a_school(database, "T2")


def cast(school: School, ballots: Ballots) -> Session:
    for person, places in ballots.items():
        school.voted(places, (person,))
    return school.session()


def everything(school: School, session: Session) -> str:
    return shown(school.books, session, EVERYBODY, NOW, documents=True)


def refusals(school: School, session: Session) -> list[str]:
    """What people are told who press what they may not, or fill in what cannot be."""
    books, first = school.books, session.shortlist[0].indicator
    presses: list[Callable[[], object]] = [
        lambda: vote.cast(books, "UANA", session.id, session.round, {first: 9}, NOW),
        lambda: vote.cast(books, "UANA", session.id, session.round + 1, {first: 1}, NOW),
        lambda: vote.cast(books, REVIEWER, session.id, session.round, {first: 1}, NOW),
        lambda: vote.add_paper(books, REVIEWER, session.id, {first: 99}, 1, NOW),
        lambda: gather.name_guests(books, "UANA", session.id, ["Ms. Elm"], NOW),
        lambda: vote.runoff(books, REVIEWER, session.id, session.step, NOW),
        lambda: choose.choose(books, REVIEWER, session.id, [first], "", "", NOW),
        lambda: weigh.place(books, "UANA", session.id, session.round, {}, NOW),
        lambda: steer.advance(books, "UANA", session.id, session.step, NOW),
        lambda: steer.advance(books, REVIEWER, session.id, session.step - 1, NOW),
        lambda: commit(books, REVIEWER, session.id, session.step, NOW),
    ]
    told = []
    for press in presses:
        with pytest.raises(LeversError) as error:
            press()
        told.append(str(error.value))
    return told


def test_nothing_tells_before_the_reveal_how_the_dots_fell(schools: tuple[School, School]) -> None:
    school, _ = schools
    school.voting()
    session = cast(school, ONE)
    before = everything(school, session), refusals(school, session)
    cast(school, OTHER)
    assert (everything(school, session), refusals(school, session)) == before
    assert "5 of 5" in before[0], "only how many have voted"


def to_the_commit(school: School, ballots: Ballots) -> list[str]:
    """All that is shown from the reveal to the committed plan."""
    school.voting()
    cast(school, ballots)
    seen = [everything(school, school.go_on())]
    session = school.session()
    by_dots = school.read(lambda ledger: vote.proposal(ledger, session))
    choose.choose(school.books, REVIEWER, session.id, by_dots.clear, "By talking", "", NOW)
    session = school.go_on()
    assert session.phase is Phase.PLAN
    for number, priority in enumerate(school.read(lambda ledger: ledger.plans.priorities(session.id))):
        draft.describe(school.books, "UANA", priority.id, "Why", "What for", "Mastering", "How", NOW)
        draft.add_action(school.books, "UANA", priority.id, step("UANA"), f"{number:016}", NOW)
    session = school.go_on()
    seen.append(everything(school, session))
    commit(school.books, REVIEWER, session.id, session.step, NOW)
    return [*seen, everything(school, school.read(lambda ledger: ledger.sessions.load(session.id)))]


def test_nothing_tells_after_the_reveal_who_chose_what(schools: tuple[School, School]) -> None:
    one, swapped = to_the_commit(schools[0], ONE), to_the_commit(schools[1], SWAPPED)
    assert [without_ids(text) for text in one] == [without_ids(text) for text in swapped]
    assert "▇" in one[0], "the totals are revealed"
