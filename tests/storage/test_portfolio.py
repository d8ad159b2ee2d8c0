"""A reviewer's portfolio: whose schools are in it and what it says of each, and what grants add, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest

from planning.grants import GrantError
from planning.people import Leadership, OutsiderError, Role
from planning.plan import Plan, Status
from planning.portfolio import Asked, Order, Page, Row
from planning.verbs import comment, connect, follow, share
from planning.verbs.commit import commit
from storage.database import Database
from storage.intake import keep_reviews
from storage.schools import change_school
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
    a_school,
)

ELSEWHERE = "UFAR"
LATER = datetime(2027, 3, 3, 18, 0, tzinfo=UTC)
"""A Wednesday, a month after the actions were due."""


def planned(school: School) -> Plan:
    session = school.drafted()
    plan = commit(school.books, REVIEWER, session.id, session.step, NOW)
    follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    return plan


def page(school: School, person: str = REVIEWER, now: datetime = LATER, **asked: object) -> Page:
    return school.read(lambda one: one.portfolios.page(Asked(person, **asked), now))  # type: ignore[no-any-return, arg-type]


def row(school: School, person: str = REVIEWER, now: datetime = LATER) -> Row:
    (found,) = page(school, person, now).rows
    return found


def test_a_school_stands_there_with_its_plan_counts_and_dates(database: Database) -> None:
    school = a_school(database)
    assert (row(school).reviewed, row(school).plan) == (date(2026, 10, 13), None)
    action = planned(school).actions[0].id
    for n, (who, text) in enumerate([(REVIEWER, "Begin small"), (REVIEWER, "Well begun"), (COACH, "In the school")]):
        comment.comment(school.books, who, action, text, f"c{n}", NOW + timedelta(minutes=n))
    found = row(school)
    assert found.plan is not None and found.plan.comment is not None
    assert (found.plan.comment.text, found.commented()) == ("Well begun", date(2026, 12, 2)), "a coach's stays inside"
    assert found.plan.priorities == ("High Expectations", "Shift Towards Learner-Centered Learning")
    assert found.plan.counts == {Status.NOT_STARTED: 1, Status.PROPOSED: 1}
    assert (found.plan.overdue, found.plan.open) == (1, 2)
    assert found.last_update() == date(2026, 12, 2)


def test_a_plan_is_stale_after_twenty_school_days_and_is_looked_at_when_its_team_is(database: Database) -> None:
    school = a_school(database)
    planned(school)
    assert not row(school, now=NOW + timedelta(days=20)).stale(NOW + timedelta(days=20))
    assert row(school).stale(LATER)
    assert row(school, now=NOW).next_check(NOW) == date(2027, 1, 4)
    assert row(school).next_check(LATER) is None


def test_overdue_is_told_by_the_date_at_the_school(database: Database) -> None:
    school = a_school(database)
    planned(school)
    # Due on February 1: at this moment it is still that day in Chicago, and the next day in Auckland.
    moment = datetime(2027, 2, 1, 18, 0, tzinfo=UTC)
    late = [row(school, now=moment).plan]
    with database.write() as conn:
        change_school(conn, school.books.workspace, school.id, time_zone="Pacific/Auckland")
    late.append(row(school, now=moment).plan)
    assert [plan.overdue for plan in late if plan] == [0, 1]


@pytest.mark.parametrize("person", [PRINCIPAL, COACH, DISTRICT, "UANA", "USTRANGER"])
def test_only_a_reviewer_has_a_portfolio(database: Database, person: str) -> None:
    assert page(a_school(database), person) == Page((), 0)


def test_who_lost_the_role_has_lost_the_row_and_a_file_with_it(database: Database) -> None:
    school = a_school(database)
    connect.connect(school.books, REVIEWER, CHANNEL, school.id, Leadership(PRINCIPAL, BACKUP), (), NOW)
    assert page(school) == Page((), 0)


def many(database: Database, count: int = 5) -> School:
    """A workspace of several schools, all reviewed by the reviewer; each visit is a day later than the one before."""
    school = a_school(database)
    with database.write() as conn:
        codes = [f"ELM{n}" for n in range(count)]
        reviews = [a_review(code, date(2026, 10, 14) + timedelta(days=n)) for n, code in enumerate(codes)]
        keep_reviews(conn, school.books.workspace, reviews, NOW, replace=False)
    with school.books.write() as ledger:
        for one in ledger.schools.all():
            if one.code != "OAK":
                ledger.people.appoint(one.id, Leadership("", "", reviewers=(REVIEWER,)))
                if one.code in ("ELM1", "ELM3"):
                    change_school(ledger.view.conn, ledger.view.workspace, one.id, network="North")
    return school


def test_pages_go_through_everything_once_in_every_order(database: Database) -> None:
    school = many(database)
    planned(school)
    for order in Order:
        pages = [page(school, order=order, first=first, size=2) for first in (0, 2, 4, 6)]
        assert [one.total for one in pages[:3]] == [6, 6, 6]
        codes = [found.code for one in pages for found in one.rows]
        assert sorted(codes) == ["ELM0", "ELM1", "ELM2", "ELM3", "ELM4", "OAK"]
        if order in (Order.OVERDUE, Order.QUIET, Order.OPEN):
            assert codes[0] == "OAK"
        if order is Order.REVIEWED:
            assert codes == ["ELM4", "ELM3", "ELM2", "ELM1", "ELM0", "OAK"]


def test_a_network_is_picked_out(database: Database) -> None:
    school = many(database)
    assert school.read(lambda one: one.portfolios.networks(REVIEWER, NOW.date())) == ("North",)
    assert [one.code for one in page(school, network="North", order=Order.SCHOOL).rows] == ["ELM1", "ELM3"]


def test_a_leader_shows_the_school_to_a_reviewer_elsewhere_sees_it_and_takes_it_back(database: Database) -> None:
    ours, theirs = a_school(database), a_school(database, "T2", "FIR", "CFAR")
    comment.comment(ours.books, REVIEWER, planned(ours).actions[0].id, "Well begun", "c1", NOW)
    code = share.code_of(theirs.books, ELSEWHERE)
    assert share.code_of(theirs.books, ELSEWHERE) == code
    assert page(theirs, ELSEWHERE) == Page((), 0)
    grant = share.give(ours.books, PRINCIPAL, ours.id, f" {code.upper()} ", "The  north reviewer", None, "g1", NOW)
    assert share.give(ours.books, PRINCIPAL, ours.id, code, "Again", None, "g1", NOW) == grant
    seen = row(theirs, ELSEWHERE)
    assert (seen.code, seen.shared, seen.plan is not None, seen.commented()) == ("OAK", True, True, None)
    assert [one.called for one in ours.read(lambda one: share.given(one, BACKUP, ours.id))] == ["The north reviewer"]
    share.revoke(ours.books, BACKUP, grant.id, NOW)
    assert page(theirs, ELSEWHERE) == Page((), 0)
    assert share.revoke(ours.books, PRINCIPAL, grant.id, LATER).revoked_at == NOW


def test_a_grant_shows_no_held_review_and_ends_with_its_day(database: Database) -> None:
    ours, theirs = a_school(database), a_school(database, "T2", "FIR", "CFAR")
    with database.write() as conn:
        keep_reviews(conn, ours.books.workspace, [a_review("OAK", date(2026, 12, 1))], NOW, replace=False)
    code = share.code_of(theirs.books, ELSEWHERE)
    share.give(ours.books, PRINCIPAL, ours.id, code, "North", date(2026, 12, 31), "g1", NOW)
    assert row(theirs, ELSEWHERE, NOW).reviewed == date(2026, 10, 13)
    assert row(ours, now=NOW).reviewed == date(2026, 12, 1)
    assert page(theirs, ELSEWHERE, NOW + timedelta(days=40)) == Page((), 0)


def test_only_the_leader_shares_and_only_with_somebody_who_is_there(database: Database) -> None:
    ours, theirs = a_school(database), a_school(database, "T2", "FIR", "CFAR")
    code = share.code_of(theirs.books, ELSEWHERE)
    for who in (COACH, DISTRICT, REVIEWER, "UANA"):
        with pytest.raises(share.NotSharerError):
            share.give(ours.books, who, ours.id, code, "North", None, "g1", NOW)
    with pytest.raises(OutsiderError):
        share.give(ours.books, "USTRANGER", ours.id, code, "North", None, "g1", NOW)
    for wrong, called, until in (("nobody", "North", None), (code, " ", None), (code, "North", date(2026, 12, 1))):
        with pytest.raises(GrantError):
            share.give(ours.books, PRINCIPAL, ours.id, wrong, called, until, "g1", NOW)
    assert ours.read(lambda one: one.grants.of_school(ours.id)) == []


def test_a_school_that_was_reviewed_here_stands_there_once_though_it_is_shared_too(database: Database) -> None:
    school = a_school(database)
    code = share.code_of(school.books, REVIEWER)
    share.give(school.books, PRINCIPAL, school.id, code, "Our own", None, "g1", NOW)
    assert row(school).shared is False
    assert Role.REVIEWER in school.read(lambda one: one.people.viewer(REVIEWER, school.id)).roles
