"""Whoever has taken an action on hears once a day what others change about it, and nothing of others' answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.messages import render
from planning.messages import Delivery, Kind
from planning.plan import Plan, Status
from planning.preferences import Preferences, Topic
from planning.verbs import amend, follow, prefer
from tests.planning.school import NOW, PRINCIPAL, School

LATER = NOW + timedelta(minutes=5)
TOMORROW = NOW + timedelta(days=1)


def told(school: School, person: str) -> Sequence[Delivery]:
    """The messages to `person` about what others changed."""
    found: Sequence[Delivery] = school.read(lambda ledger: ledger.deliveries.to(Kind.CHANGED, person))
    return found


def said(school: School, delivery: Delivery) -> str:
    """What a message says."""
    with school.books.read() as ledger:
        message = render(ledger, delivery, TOMORROW)
    assert message is not None
    return " ".join(str(block.to_dict()) for block in message.blocks)


def moved(school: School, plan: Plan, days: int, why: str, now: object = LATER) -> None:
    """The principal moves the due date of Ana's action."""
    mine = school.read(lambda ledger: ledger.plans.load(plan.id)).actions[0]
    later = replace(mine.step, due=mine.step.due + timedelta(days))
    amend.change(school.books, PRINCIPAL, mine.id, later, why, now, owned_only=False)  # type: ignore[arg-type]


def test_an_owner_hears_in_one_message_a_day_what_a_leader_changed_and_why(school: School, plan: Plan) -> None:
    moved(school, plan, 7, "The library opens later")
    moved(school, plan, 7, "And later still")
    (one,) = told(school, "UANA")
    text = said(school, one)
    assert "The library opens later" in text and "And later still" in text and "Done by" in text
    assert plan.actions[0].step.text in text and f"<@{PRINCIPAL}>" in text
    moved(school, plan, 7, "A third time", TOMORROW)
    assert len(told(school, "UANA")) == 2 and "A third time" not in said(school, one)


def test_a_dropped_action_is_told_to_its_owner_with_the_reason(school: School, plan: Plan) -> None:
    amend.drop(school.books, PRINCIPAL, plan.actions[0].id, "The district does it for us", LATER)
    (one,) = told(school, "UANA")
    assert "The district does it for us" in said(school, one) and "dropped" in said(school, one)


def test_nobody_is_told_of_what_they_changed_themselves_or_have_not_taken_on(school: School, plan: Plan) -> None:
    mine, waiting = plan.actions
    later = replace(mine.step, due=mine.step.due + timedelta(7))
    amend.change(school.books, "UANA", mine.id, later, "We need a week more", LATER, owned_only=True)
    amend.change(school.books, PRINCIPAL, waiting.id, replace(waiting.step, text="Ask all families"), "", LATER,
                 owned_only=False)  # fmt: skip
    assert not told(school, "UANA") and not told(school, waiting.step.owner)


def test_who_wants_no_such_word_gets_none(school: School, plan: Plan) -> None:
    prefer.prefer(school.books, Preferences("UANA", declined=frozenset({Topic.CHANGES})), NOW)
    moved(school, plan, 7, "The library opens later")
    assert not told(school, "UANA")


def test_whoever_handed_an_action_over_hears_who_has_it_and_nothing_of_how_it_goes(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    one, two, three, four = (LATER + timedelta(seconds=number) for number in range(4))
    follow.check_in(school.books, "UANA", mine.id, Status.BLOCKED, "My mother is ill", one)
    follow.offer(school.books, PRINCIPAL, mine.id, "UCLEO", two)
    follow.accept(school.books, "UCLEO", mine.id, three)
    follow.check_in(school.books, "UCLEO", mine.id, Status.AT_RISK, "Too much at once", four)
    (passed_on,) = told(school, "UANA")
    assert "<@UCLEO> has taken it over" in said(school, passed_on)
    assert "Too much at once" not in said(school, passed_on)
    moved(school, plan, 7, "Take the time that you need", LATER + timedelta(minutes=1))
    (other,) = told(school, "UCLEO")
    assert "Take the time that you need" in said(school, other) and "My mother is ill" not in said(school, other)


def test_what_was_asked_says_what_became_of_it(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    (asked,) = school.read(lambda ledger: ledger.deliveries.to(Kind.ACCEPTANCE, "UANA"))
    asked = replace(asked, ts="1.1")
    assert "You took it on" in said(school, asked)
    follow.offer(school.books, "UANA", mine.id, "UCLEO", LATER)
    follow.accept(school.books, "UCLEO", mine.id, LATER)
    assert "<@UCLEO> has it now" in said(school, asked) and "Handed back" not in said(school, asked)
    amend.drop(school.books, PRINCIPAL, mine.id, "The district does it for us", LATER)
    assert "Dropped meanwhile" in said(school, asked)


def test_a_change_of_another_day_is_in_the_message_of_that_day(school: School, plan: Plan) -> None:
    moved(school, plan, 7, "The library opens later")
    moved(school, plan, 7, "The strike is over", TOMORROW)
    days = [date.fromisoformat(one.wanted.occasion.rpartition("/")[2]) for one in told(school, "UANA")]
    assert days == [NOW.date(), TOMORROW.date()]
