"""School time in Slack: the school's calendar and a person's own hours, entered by hand."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from planning.calendar import SchoolCalendar
from planning.messages import Reason
from planning.plan import Status
from planning.school_days import DayKind, Days, entries
from tests.bot import played
from tests.bot.planned import planned
from tests.bot.stage import HALF_DAY, ZONE, Stage, staged


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A school with a plan that its owners have taken on."""
    now = HALF_DAY + timedelta(days=7)
    school = planned(("UTEACHER1", "UTEACHER2", "UTEACHER3"), now, weeks_ago=1)
    with staged(Path(tmp_path_factory.mktemp("school_time")), now=now, school=school) as stage:
        yield stage
        assert stage.refused() == []


def calendar(stage: Stage) -> SchoolCalendar:
    """The school's calendar as it is stored."""
    return stage.read(lambda ledger: ledger.schools.calendar(stage.school_id(ledger)))  # type: ignore[no-any-return]


def asked(stage: Stage, person: str) -> tuple[date, time]:
    """When `person` is asked next, on the school's clock."""
    found = stage.read(lambda ledger: ledger.reminders.to_come_of(person))
    due = min(one.reminder.due for one in found if one.reminder.reason is Reason.CHECK_IN).astimezone(ZoneInfo(ZONE))
    return due.date(), due.time()


def test_the_principal_enters_days_changes_them_and_takes_them_out_and_check_ins_follow(committed: Stage) -> None:
    principal = committed.visitor("UPRINCIPAL1")
    before = asked(committed, "UTEACHER1")
    played.ok(principal.command("/levers calendar"))
    assert "Winter break" in str(principal.wait_for_modal("calendar"))
    played.ok(principal.click("calendar.add"))
    principal.wait_for_modal("days")
    day = before[0].isoformat()
    wrong = {"kind": "busy", "first": day, "last": "2026-12-01", "name": "State testing"}
    assert "The last day is before the first one." in str(principal.submit(wrong))
    assert "Say what it is" in str(principal.submit({**wrong, "last": None, "name": "  "}))
    played.ok(principal.submit({**wrong, "last": None, "name": "State *testing*"}))
    shown = principal.wait_for(lambda: "testing" in str(principal.modal()) and principal.modal())
    assert shown["callback_id"] == "calendar"
    assert asked(committed, "UTEACHER1") == (before[0] + timedelta(days=1), before[1])
    change_or_remove(committed, "change", entered(committed, "State *testing*"))
    principal.wait_for_modal("days")
    played.ok(
        principal.submit({"kind": "busy", "first": "2027-01-12", "last": "2027-01-15", "name": "Progress reports"})
    )
    principal.wait_for(lambda: "Progress reports" in str(principal.modal()))
    assert asked(committed, "UTEACHER1") == before
    change_or_remove(committed, "remove", entered(committed, "Progress reports"))
    principal.wait_for(lambda: "Progress reports" not in str(principal.modal()))
    assert "Progress reports" not in {one.name for one in calendar(committed).busy}
    principal.close(everything=True)


def test_a_principal_opens_a_public_holiday_and_reads_it_in_the_list(committed: Stage) -> None:
    principal, veterans = committed.visitor("UPRINCIPAL1"), date(2026, 11, 11)
    assert calendar(committed).closed_for(veterans)
    played.ok(principal.command("/levers calendar"))
    principal.wait_for_modal("calendar")
    played.ok(principal.click("calendar.add"))
    assert "Open: school on a public holiday" in str(principal.wait_for_modal("days"))
    holiday = {"kind": "open", "first": "2027-02-13", "last": "2027-02-14", "name": "Veterans Day"}
    assert "“the weekend” closes school then" in str(principal.submit(holiday))
    played.ok(principal.submit({**holiday, "first": "2026-11-11", "last": None}))
    shown = principal.wait_for(lambda: "Veterans" in str(principal.modal()) and principal.modal())
    assert "School is open" in str(shown)
    assert calendar(committed).closed_for(veterans) is None
    principal.close(everything=True)


def next_day_to_ask(kept: SchoolCalendar, day: date) -> date:
    """The next school day after `day` that is not busy."""
    found = kept.school_day(day + timedelta(days=1))
    while any(busy.first <= found <= busy.last for busy in kept.busy):
        found = kept.school_day(found + timedelta(days=1))
    return found


def entered(stage: Stage, name: str) -> Days:
    """The entry of the school's calendar with that name."""
    return next(one for one in entries(calendar(stage)) if one.name == name)


def change_or_remove(stage: Stage, what: str, days: Days) -> None:
    """The principal opens the menu beside an entry and chooses."""
    principal, entry = stage.visitor("UPRINCIPAL1"), f"{stage.read(stage.school_id)}/{days.mark}"
    modal = principal.wait_for_modal("calendar")
    menu = {"block_id": f"calendar.more/change/{entry}", "view_id": modal["id"]}
    played.ok(principal.click("calendar.more", selected=f"{what}/{entry}", **menu))


def test_the_hours_of_a_school_are_checked_at_the_field_and_move_what_is_to_come(committed: Stage) -> None:
    coach = committed.visitor("UCOACH1")
    played.ok(coach.command("/levers calendar"))
    coach.wait_for_modal("calendar")
    played.ok(coach.click("calendar.hours"))
    coach.wait_for_modal("hours")
    assert "School ends outside" in str(coach.submit({"day_ends": "18:00"}))
    assert "is no state of US" in str(coach.submit({"day_ends": "14:30", "state": "ZZ"}))
    played.ok(coach.submit({"day_ends": "14:30", "state": "il"}))
    coach.wait_for(lambda: "US, IL" in str(coach.modal()))
    assert asked(committed, "UTEACHER1")[1] == time(14, 30)
    coach.close(everything=True)


def test_a_teacher_does_not_change_the_calendar(committed: Stage) -> None:
    teacher = committed.visitor("UTEACHER3")
    played.ok(teacher.command("/levers calendar"))
    teacher.wait_for_text("coaches and administrators change the school's calendar")


def test_a_person_sets_their_own_hours_from_the_command_and_from_home(committed: Stage) -> None:
    teacher = committed.visitor("UTEACHER2")
    played.ok(teacher.command("/levers hours"))
    teacher.wait_for_modal("own_hours")
    assert "within your school's staff hours" in str(teacher.submit({"ask_at": "20:00"}))
    played.ok(teacher.submit({"ask_at": "09:15"}))
    assert "has moved with it" in str(teacher.wait_for_modal("told"))
    assert asked(committed, "UTEACHER2")[1] == time(9, 15)
    teacher.close(everything=True)
    teacher.open_home()
    teacher.wait_for(lambda: "hours.open" in str(teacher.home()))
    played.ok(teacher.click("hours.open", home=True))
    assert "09:15" in str(teacher.wait_for_modal("own_hours"))
    teacher.close(everything=True)


def test_slack_is_asked_for_the_zones_and_names_of_those_who_are_there(committed: Stage) -> None:
    def known() -> Any:
        return committed.read(lambda ledger: ledger.people.time_of("UTEACHER1").zone)

    assert committed.until(known, seconds=40) == ZONE
    assert committed.read(lambda ledger: ledger.people.name_of("UTEACHER1")) == "Ana Luísa Ferreira"


def test_in_the_last_month_what_is_late_waits_for_staff_hours_and_every_action_is_settled(committed: Stage) -> None:
    principal, owner = committed.visitor("UPRINCIPAL1"), committed.visitor("UTEACHER1")
    played.ok(principal.command("/levers calendar"))
    principal.wait_for_modal("calendar")
    (year,) = [one for one in entries(calendar(committed)) if one.kind is DayKind.YEAR and one.last > date(2026, 12, 1)]
    change_or_remove(committed, "change", year)
    principal.wait_for_modal("days")
    first = year.first.isoformat()
    assert "when the last day" in str(principal.submit({"kind": "year", "first": first, "last": None}))
    played.ok(principal.submit({"kind": "year", "first": first, "last": "2026-12-18"}))
    committed.until(lambda: calendar(committed).years[-1].last == date(2026, 12, 18))
    principal.close(everything=True)
    day, _at = asked(committed, "UTEACHER1")
    committed.stop_bot()
    committed.set_time(calendar(committed).moment(day, time(20)))
    committed.restart_bot(stop=False)
    committed.settled()
    assert owner.find_message("The school year ends soon.", "dm") is None, "what is late waits for staff hours"
    committed.set_time(calendar(committed).moment(next_day_to_ask(calendar(committed), day), time(7, 31)))
    committed.settled()
    owner.wait_for_text("The school year ends soon.", "dm")
    the_day_after = calendar(committed).school_day(committed.now().date() + timedelta(days=1))
    committed.set_time(calendar(committed).moment(the_day_after, time(7, 31)))
    committed.settled()
    # It has given way to the digest of the day before.
    principal.wait_for_text("The school year of", "dm")
    played.ok(owner.click("year_end.hand_over", channel="dm"))
    owner.wait_for_modal("hand_over")
    owner.close(everything=True)
    played.ok(owner.click("year_end.drop", channel="dm"))
    owner.wait_for_modal("answer")
    owner.close(everything=True)
    played.ok(owner.click("year_end.carry", channel="dm"))
    owner.wait_for_text("It goes on next year.", "dm")
    other = next(one for one in plan_actions(committed) if one.step.owner == "UTEACHER2")
    played.ok(principal.click("year_end.drop", value=other.id, channel="dm"))
    principal.wait_for_modal("drop")
    played.ok(principal.submit({"why": "The schedule changes next year"}))
    committed.until(lambda: next(a for a in plan_actions(committed) if a.id == other.id).status is Status.DROPPED)


def plan_actions(stage: Stage) -> Any:
    """The actions of the live plan."""
    return stage.read(lambda ledger: ledger.plans.live(stage.school_id(ledger))).actions
