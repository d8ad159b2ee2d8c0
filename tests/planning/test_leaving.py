"""What somebody owned who has left finds another owner, and is never lost sight of before it has."""

from datetime import timedelta

import pytest

from planning.digest import week_of
from planning.messages import Kind
from planning.plan import Action, Plan
from planning.scope import Scope
from planning.verbs import commit, follow, leave
from planning.verbs.ask import not_accepted
from storage.standings import standings
from tests.planning.school import NOW, PRINCIPAL, REVIEWER, School

LEFT = NOW + timedelta(days=1)
LATER = NOW + timedelta(days=6)


@pytest.fixture
def left(school: School) -> Plan:
    """A plan whose first owner had taken their action on, and has left."""
    session = school.drafted()
    plan = commit.commit(school.books, REVIEWER, session.id, session.step, NOW)
    follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    leave.deactivated(school.books, "UANA", LEFT)
    return plan


def action(school: School, plan: Plan) -> Action:
    """The action, as it is stored."""
    found: Action = school.read(lambda ledger: ledger.plans.action(plan.actions[0].id))
    return found


def test_one_who_is_asked_and_does_not_answer_is_known_to_the_leader(school: School, left: Plan) -> None:
    follow.offer(school.books, PRINCIPAL, left.actions[0].id, "UCLEO", LEFT)
    assert action(school, left).waiting
    late = school.read(lambda ledger: not_accepted(ledger, ledger.plans.load(left.id), LATER))
    assert left.actions[0].id in [one.id for one in late]
    chasers = school.read(lambda ledger: ledger.deliveries.about(Kind.NOT_ACCEPTED, left.id))
    assert len({one.wanted.occasion for one in chasers}) == 2


def test_one_who_hands_it_back_leaves_it_with_the_leader(school: School, left: Plan) -> None:
    follow.offer(school.books, PRINCIPAL, left.actions[0].id, "UCLEO", LEFT)
    follow.hand_back(school.books, "UCLEO", left.actions[0].id, "Too much already", LEFT)
    back = action(school, left)
    assert (back.refused, back.taken_on, back.waiting) == (True, False, False)
    told = school.read(lambda ledger: ledger.deliveries.about(Kind.HANDED_BACK, back.id))
    assert [one.wanted.recipient for one in told] == [PRINCIPAL]
    assert not school.read(lambda ledger: ledger.deliveries.about(Kind.DECLINED, back.id))
    plan = school.read(lambda ledger: ledger.plans.load(left.id))
    assert [one.id for one in week_of(plan, (), LATER.date(), LEFT, LATER).ownerless] == [back.id]


def test_it_counts_as_without_an_owner_and_then_as_waiting_for_one(school: School, left: Plan) -> None:
    def counted() -> tuple[int, int]:
        (line,) = school.read(lambda ledger: standings(ledger.view, Scope({school.id: viewer}), LEFT))
        return line.ownerless, line.waiting

    viewer = school.read(lambda ledger: ledger.people.viewer(PRINCIPAL, school.id))
    assert counted() == (1, 1)
    follow.offer(school.books, PRINCIPAL, left.actions[0].id, "UCLEO", LEFT)
    assert counted() == (0, 2)
    follow.accept(school.books, "UCLEO", left.actions[0].id, LEFT)
    assert counted() == (0, 1)
