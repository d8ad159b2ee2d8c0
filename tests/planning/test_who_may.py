"""Who may do what: each role at the school, the facilitator, and people whose part has ended."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from planning.people import (
    Leadership,
    NotAllowedError,
    NotFacilitatorError,
    NotReleaserError,
    OutsiderError,
    Role,
    Viewer,
)
from planning.scope import Scope, Together
from planning.session import MovedOnError, Session
from planning.verbs import choose, connect, draft, focus, gather, steer, vote
from planning.verbs.commit import commit
from rubric.review import Audience
from storage.intake import keep_reviews
from tests.planning.school import (
    BACKUP,
    CHANNEL,
    COACH,
    DISTRICT,
    NOW,
    PRINCIPAL,
    REVIEWER,
    School,
    a_review,
    step,
)

Deed = Callable[[School, str, Session], Any]

FACILITATORS: dict[str, Deed] = {
    "goes on": lambda at, who, session: steer.advance(at.books, who, session.id, session.step, NOW),
    "steps back": lambda at, who, session: steer.go_back(at.books, who, session.id, session.step, NOW),
    "pauses": lambda at, who, session: steer.pause(at.books, who, session.id, session.step, NOW),
    "resumes": lambda at, who, session: steer.resume(at.books, who, session.id, NOW),
    "cancels": lambda at, who, session: steer.cancel(at.books, who, session.id, session.step, "Snow", NOW),
    "names guests": lambda at, who, session: gather.name_guests(at.books, who, session.id, ["Ms. Elm"], NOW),
    "adds paper ballots": lambda at, who, session: vote.add_paper(at.books, who, session.id, {}, 0, NOW),
    "reminds": lambda at, who, session: vote.remind(at.books, who, session.id, session.step, NOW),
    "commits": lambda at, who, session: commit(at.books, who, session.id, session.step, NOW),
}


@pytest.mark.parametrize("deed", FACILITATORS)
def test_only_the_facilitator(school: School, deed: str) -> None:
    session = school.voting()
    for other in (PRINCIPAL, BACKUP, COACH, DISTRICT, "UANA"):
        with pytest.raises(NotFacilitatorError, match=f"<@{REVIEWER}> facilitates"):
            FACILITATORS[deed](school, other, session)
    with pytest.raises(OutsiderError):
        FACILITATORS[deed](school, "USTRANGER", session)
    assert school.session() == session


def test_only_the_facilitator_chooses(school: School) -> None:
    school.voting()
    school.voted({0: 2})
    session = school.go_on()
    with pytest.raises(NotFacilitatorError):
        choose.choose(school.books, PRINCIPAL, session.id, [session.shortlist[0].indicator], "", "", NOW)
    assert school.read(lambda ledger: ledger.plans.priorities(session.id)) == ()


@pytest.mark.parametrize("deed", ["steps back", "pauses", "cancels"])
def test_a_late_press_on_an_old_card_changes_nothing(school: School, deed: str) -> None:
    old = school.gathered()
    session = school.go_on()
    with pytest.raises(MovedOnError, match="it is in Celebrate now"):
        FACILITATORS[deed](school, REVIEWER, old)
    assert school.session() == session


def test_a_stranger_changes_nothing_of_what_the_team_writes(school: School) -> None:
    session = school.planning()
    priority = school.read(lambda ledger: ledger.plans.priorities(session.id))[0]
    draft.add_action(school.books, "UANA", priority.id, step("UANA"), "r", NOW)
    for deed in (
        lambda: draft.describe(school.books, "USTRANGER", priority.id, "a", "b", "Mastering", "c", NOW),
        lambda: draft.add_action(school.books, "USTRANGER", priority.id, step("UANA", "Another one"), "r2", NOW),
        lambda: draft.edit_action(school.books, "USTRANGER", "r", step("UBEN"), NOW),
        lambda: draft.remove_action(school.books, "USTRANGER", "r", NOW),
        lambda: focus.add(school.books, "USTRANGER", session.id, session.shortlist[0].indicator, "x", NOW),
    ):
        with pytest.raises(OutsiderError):
            deed()
    (kept,) = school.read(lambda ledger: ledger.plans.actions(session.id))
    assert kept.step == step("UANA")


def test_the_one_who_handed_the_session_over_does_not_move_it_any_more(school: School) -> None:
    session = school.gathered()
    steer.take_over(school.books, PRINCIPAL, session.id, NOW)
    with pytest.raises(NotFacilitatorError):
        steer.advance(school.books, REVIEWER, session.id, session.step, NOW)
    steer.advance(school.books, PRINCIPAL, session.id, session.step, NOW)


def test_a_leader_resumes_a_paused_session_after_taking_it_over(school: School) -> None:
    session = school.gathered()
    steer.pause(school.books, REVIEWER, session.id, session.step, NOW)
    steer.take_over(school.books, BACKUP, session.id, NOW)
    resumed = steer.resume(school.books, BACKUP, session.id, NOW)
    assert resumed.step == session.step + 1
    assert steer.resume(school.books, BACKUP, session.id, NOW) == resumed, "pressed again it changes nothing"


def test_only_the_reviewer_and_the_principal_release_a_review_and_once(school: School) -> None:
    with school.books.database.write() as conn:
        keep_reviews(conn, school.books.workspace, [a_review("OAK", date(2026, 11, 17))], NOW, replace=False)
    held = school.read(lambda ledger: ledger.reviews.latest(school.id, released=False))
    assert not held.released
    for person in (BACKUP, COACH, DISTRICT, "UANA"):
        with pytest.raises(NotReleaserError):
            connect.release(school.books, person, held.id, NOW)
    assert school.read(lambda ledger: ledger.reviews.latest(school.id, released=True)).id != held.id
    connect.release(school.books, REVIEWER, held.id, NOW)
    connect.release(school.books, PRINCIPAL, held.id, NOW)
    assert school.read(lambda ledger: ledger.reviews.latest(school.id, released=True)).id == held.id


def test_the_backup_leader_speaks_for_the_principal_and_a_reviewer_does_not(school: School) -> None:
    school.gathered()
    session = school.go_on(2)
    for person in (COACH, REVIEWER, DISTRICT):
        with pytest.raises(NotAllowedError):
            focus.give_word(school.books, person, session.id, "Everything", False, NOW)
    assert focus.give_word(school.books, BACKUP, session.id, "The budget", False, NOW).off_table == "The budget"


SEES = {
    # person: (knows the school, may release, sees owners, sees answers, takes over)
    PRINCIPAL: (True, True, True, True, True),
    BACKUP: (True, False, True, True, True),
    COACH: (True, False, True, True, True),
    DISTRICT: (True, False, False, False, False),
    REVIEWER: (True, True, False, False, True),
    "UANA": (True, False, True, False, False),
    "USTRANGER": (False, False, False, False, False),
}


@pytest.mark.parametrize("person", SEES)
def test_what_each_role_sees(school: School, person: str) -> None:
    one = school.read(lambda ledger: ledger.people.viewer(person, school.id))
    seen = (one.knows_school, one.may_release, one.sees_owners, one.sees_answers, one.leads)
    assert seen == SEES[person]


def test_evidence_for_leaders_reaches_neither_the_team_nor_the_district(school: School) -> None:
    audiences = {
        person: school.read(lambda ledger, person=person: ledger.people.viewer(person, school.id)).audiences
        for person in ("UANA", DISTRICT, PRINCIPAL, REVIEWER)
    }
    assert audiences == {
        "UANA": {Audience.TEAM},
        DISTRICT: {Audience.TEAM},
        PRINCIPAL: {Audience.TEAM, Audience.LEADER},
        REVIEWER: {Audience.TEAM, Audience.LEADER, Audience.REVIEWER},
    }


def test_an_administrator_without_a_role_connects_channels_and_sees_nothing_of_the_school(school: School) -> None:
    with school.books.write() as ledger:
        ledger.people.name_administrator("UADMIN", NOW)
    connect.connect(school.books, "UADMIN", CHANNEL, school.id, Leadership(PRINCIPAL, BACKUP), ("UANA",), NOW)
    viewer = school.read(lambda ledger: ledger.people.viewer("UADMIN", school.id))
    assert viewer.administrator and not viewer.knows_school
    assert school.read(lambda ledger: ledger.people.with_role(school.id, Role.COACH)) == ()


def test_whoever_leaves_the_channel_loses_the_team_s_view_and_has_it_back_on_return(school: School) -> None:
    session = school.gathered()
    connect.member_left(school.books, CHANNEL, "UANA", NOW)
    with pytest.raises(OutsiderError):
        gather.join(school.books, "UANA", session.id, NOW)
    connect.member_joined(school.books, CHANNEL, "UANA")
    gather.join(school.books, "UANA", session.id, NOW)


def test_a_principal_who_leaves_the_channel_keeps_the_role(school: School) -> None:
    connect.member_left(school.books, CHANNEL, PRINCIPAL, NOW)
    assert school.read(lambda ledger: ledger.people.viewer(PRINCIPAL, school.id)).may_release


@pytest.mark.parametrize(
    ("roles", "schools", "together"),
    [
        ((Role.REVIEWER,), 1, (Together.PORTFOLIO,)),
        ((Role.REVIEWER,), 2, (Together.PORTFOLIO, Together.ACROSS)),
        ((Role.DISTRICT,), 2, (Together.ACROSS,)),
        ((Role.PRINCIPAL,), 1, ()),
        ((Role.COACH,), 2, ()),
        ((), 2, ()),
    ],
)
def test_what_schools_open_together_is_a_reviewer_s_and_of_those_who_compare_several(
    roles: tuple[Role, ...], schools: int, together: tuple[Together, ...]
) -> None:
    viewers = (Viewer("U1", str(n), frozenset(roles), member=True) for n in range(schools))
    assert Scope({one.school: one for one in viewers}).together == together
