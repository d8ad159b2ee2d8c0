"""What owners, leaders, teams and reviewers get over a school year, and every button in it as people press it."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from planning.messages import Kind
from planning.plan import Action, Status
from storage import pauses
from storage.tables.messages import deliveries
from tests.bot import played
from tests.bot.planned import planned
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.stage import HALF_DAY, ZONE, Stage, staged

OWNERS = ("UTEACHER1", "UTEACHER2", "UCOACH1")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A plan a week old, whose owners have taken on what is theirs, on the day they are first asked."""
    now = HALF_DAY + timedelta(days=7)
    with staged(tmp_path, now=now, school=planned(OWNERS, now, weeks_ago=1)) as ready:
        yield ready
        assert ready.refused() == []


def asked(stage: Stage) -> dict[str, Visitor]:
    """The owners, who have just been asked how it is going."""
    visitors = {person: stage.visitor(person) for person in OWNERS}
    go_to(stage, stage.read(lambda ledger: ledger.reminders.to_come(stage.now()))[0].due_at)
    for visitor in visitors.values():
        visitor.wait_for_text("How is it going?", "dm")
    return visitors


def go_to(stage: Stage, moment: datetime) -> None:
    """Move the clock to `moment`, stopping wherever a message is due, and send what is due on the way."""
    while (following := next_due(stage, moment)) is not None:
        stage.set_time(following)
        stage.settled()
    stage.set_time(moment)
    stage.settled()


def next_due(stage: Stage, until: datetime) -> datetime | None:
    """The next moment up to `until` at which a message is due."""
    with stage.database.read() as conn:
        waits = (deliveries.c.state == "waiting", deliveries.c.due_at > stage.now() + timedelta(seconds=3))
        return conn.scalar(
            select(deliveries.c.due_at).where(*waits, deliveries.c.due_at < until).order_by(deliveries.c.due_at)
        )


def action_of(stage: Stage, person: str) -> Action:
    """The one action that `person` owns or owned."""
    plan = stage.read(lambda ledger: ledger.plans.live(stage.school_id(ledger)))
    return next(action for action in plan.actions if action.step.owner == person)  # type: ignore[no-any-return]


def texts(visitor: Visitor, channel: str = "dm") -> str:
    """All that a person reads there."""
    return json.dumps(visitor.messages(channel), ensure_ascii=False)


def test_an_owner_snoozes_asks_for_help_and_is_answered(stage: Stage) -> None:
    visitors = asked(stage)
    owner, other, coach = (visitors[person] for person in OWNERS)
    played.ok(owner.click("check_in.snooze", channel="dm"))
    owner.wait_for_modal("snooze")
    assert "still to come" in str(owner.submit({"until": "2026-12-01"}))
    played.ok(owner.submit({"until": "2027-01-11"}))
    owner.wait_for_text("Snoozed until Monday, January 11, 2027", "dm")
    played.ok(other.click("check_in.help", channel="dm"))
    offered = [option["text"]["text"] for option in played.options(other.wait_for_modal("answer"), "role")]
    assert offered == ["The principal", "The backup leader", "Who facilitated the session"]
    assert "Choose who could help" in str(other.submit({"note": "Someone to cover my class"}))
    coach_option = played.options(other.wait_for_modal("answer"), "role")[1]["value"]
    played.ok(other.submit({"note": "Someone to cover my class", "role": coach_option}))
    other.wait_for_text("<@UCOACH1> is asked to help.", "dm")
    message = coach.wait_for_text("asks for your help", "dm")
    assert "cover my class" not in message["text"] and "Plan one" not in message["text"]
    played.ok(coach.click("help.on_it", channel="dm"))
    coach.wait_for_modal("on_it")
    played.ok(coach.submit({"note": "I take your class on Tuesday."}))
    other.wait_for_text("I take your class on Tuesday.", "dm")
    coach.wait_for_text("You said that you are on it", "dm")


def test_an_owner_who_hands_over_reads_whom_it_waits_for_until_that_is_answered(stage: Stage) -> None:
    visitors = asked(stage)
    owner, other, _ = (visitors[person] for person in OWNERS)
    action, past = action_of(stage, "UTEACHER1"), stage.now().date() - timedelta(days=3)
    with stage.books.write() as ledger:
        ledger.plans.save_action(replace(action, step=replace(action.step, due=past)))
    played.ok(owner.click("check_in.more", channel="dm", selected=f"hand_over/{action.id}"))
    owner.wait_for_modal("hand_over")
    assert "It is yours already" in str(owner.submit({"to": "UTEACHER1"}))
    played.ok(owner.submit({"to": "UTEACHER2"}))
    owner.wait_for_text("<@UTEACHER2> is asked to take it over", "dm")
    offered = other.wait_for_text("<@UTEACHER1> has this now. Could you take it over", "dm")
    assert f"was due {past:%A, %B}" in json.dumps(offered), "nobody takes on what is late without knowing it"
    played.ok(other.click("acceptance.hand_back", channel="dm"))
    other.wait_for_modal("hand_back")
    played.ok(other.submit({"reason": "My plate is full."}))
    owner.wait_for_text("cannot take on", "dm")
    owner.wait_for(lambda: "is asked to take it over" not in texts(owner))


def test_whose_date_has_passed_reads_so_in_every_question_and_sets_another_with_one_press(stage: Stage) -> None:
    visitors = asked(stage)
    owner, others = visitors["UTEACHER1"], action_of(stage, "UTEACHER2")
    past = stage.now().date() - timedelta(days=3)
    with stage.books.write() as ledger:
        mine = action_of(stage, "UTEACHER1")
        ledger.plans.save_action(replace(mine, step=replace(mine.step, due=past)))
    played.ok(owner.open_home())
    owner.wait_for(lambda: f"was due {past:%A, %B} {past.day}, {past.year}" in str(owner.home()))
    played.ok(owner.click("check_in.another_date", home=True))
    owner.wait_for_modal("amend")
    due = stage.now().date() + timedelta(days=30)
    played.ok(owner.submit({"due": due.isoformat(), "why": "The unit begins later."}))
    owner.wait_for(lambda: f"by {due:%A, %B} {due.day}, {due.year}" in str(owner.home()))
    assert "check_in.another_date" not in str(owner.home())
    owner.wait_for_text("You said: *not started*: The unit begins later.", "dm")
    other = visitors["UTEACHER2"]
    assert f"by {others.step.due:%A, %B}" in texts(other) and "check_in.another_date" not in texts(other)


def test_somebody_is_away_and_back_and_chooses_what_they_are_sent(stage: Stage) -> None:
    owner = asked(stage)["UTEACHER1"]
    played.ok(owner.open_home())
    owner.wait_for(lambda: "The principal and the coaches see your answer" in str(owner.home()))
    played.ok(owner.click("rest.away", home=True))
    owner.wait_for_modal("away")
    played.ok(owner.submit({"until": "2027-01-11"}))
    owner.wait_for(lambda: "You are away until Monday, January 11" in str(owner.home()))
    owner.wait_for_text("Paused until", "dm")
    played.ok(owner.click("rest.back", home=True))
    owner.wait_for(lambda: "You are away" not in str(owner.home()))
    played.ok(owner.click("rest.preferences", home=True))
    owner.wait_for_modal("preferences")
    played.ok(owner.submit({"day": "1", "hour": "12:30", "wanted": ["monthly message"]}))
    chosen = stage.read(lambda ledger: ledger.following.preferences("UTEACHER1"))
    assert (chosen.digest_weekday, chosen.digest_at.hour) == (1, 12)


def test_who_is_back_is_not_said_to_be_away_and_can_answer_where_they_were_asked(stage: Stage) -> None:
    owner = asked(stage)["UTEACHER1"]
    played.ok(owner.command("/levers mine"))
    played.ok(owner.click("rest.away"))
    owner.wait_for_modal("away")
    played.ok(owner.submit({"until": "2026-12-14"}))
    owner.wait_for_text("Paused until Monday, December 14", "dm")
    stage.set_time(datetime(2026, 12, 14, 15, 0, tzinfo=UTC))
    with stage.books.write() as ledger:
        ledger.deliveries.refresh(Kind.CHECK_IN, "UTEACHER1", stage.now())
    owner.wait_for(lambda: "Paused until" not in texts(owner))
    played.ok(owner.open_home())
    owner.wait_for(lambda: "Plan one shared unit" in str(owner.home()) and "You are away" not in str(owner.home()))
    played.ok(owner.click("check_in.on_track", channel="dm"))
    owner.wait_for_text("You said: *on track*", "dm")


SAID = {
    "UTEACHER1": ("on track", "I understood: *on track*", Status.ON_TRACK),
    "UTEACHER2": ("Done with the unit: https://example.test/unit", "https://example.test/unit", Status.DONE),
    "UCOACH1": ("blocked: no room <here> & now", "no room &lt;here&gt; &amp; now", Status.BLOCKED),
}


def test_an_answer_in_words_is_shown_as_understood_and_kept_at_a_press_and_others_are_not_guessed_at(
    stage: Stage,
) -> None:
    visitors = asked(stage)
    owner = visitors["UTEACHER1"]
    played.ok(owner.say("it went sideways", channel="dm"))
    owner.wait_for_text("Write “mine” and I show your actions", "dm")
    played.ok(owner.say("done", channel="dm"))
    owner.wait_for_text("Is that right?", "dm")
    played.ok(owner.click("words.keep", channel="dm"))
    owner.wait_for_modal("answer")
    owner.close(everything=True)
    played.ok(owner.click("words.no", channel="dm"))
    owner.wait_for_text("Nothing was kept", "dm")
    for person, (words, shown, _) in SAID.items():
        played.ok(visitors[person].say(words, channel="dm"))
        visitors[person].wait_for_text(shown, "dm")
        assert action_of(stage, person).status is Status.NOT_STARTED, "nothing is kept before the press"
        played.ok(visitors[person].click("words.keep", channel="dm"))
    # Blocked asks who could help, as the button does; what was written stands in the window already.
    assert "no room <here> & now" in str(visitors["UCOACH1"].wait_for_modal("answer"))
    played.ok(visitors["UCOACH1"].submit({"note": "no room <here> & now"}))
    for person, (_, _, status) in SAID.items():
        visitors[person].wait_for_text(f"You said: *{status.value}*", "dm")
        assert action_of(stage, person).status is status
    stage.settled()
    for visitor in visitors.values():
        assert "check_in.on_track" not in texts(visitor), "the check-in shows the answer, and its buttons are gone"


def test_a_leader_reads_the_week_and_thanks_and_helps_from_it(stage: Stage) -> None:
    visitors = asked(stage)
    principal = stage.visitor("UPRINCIPAL1")
    played.ok(visitors["UTEACHER1"].click("check_in.on_track", channel="dm"))
    visitors["UTEACHER1"].wait_for_text("You said: *on track*", "dm")
    go_to(stage, datetime(2026, 12, 10, 22, 0, tzinfo=UTC))
    message = principal.wait_for_text("this week", "dm")
    assert "Plan one" not in message["text"] and "on track" not in message["text"]
    principal.wait_for_text("*on track* (<@UTEACHER1>)", "dm")
    played.ok(principal.click("action.thank", channel="dm"))
    visitors["UTEACHER1"].wait_for_text("thanks you for what you did", "dm")
    principal.wait_for_text("you thanked <@UTEACHER1>", "dm")
    assert "action.thank" not in texts(principal)


def test_the_day_of_the_next_session_is_set_on_the_connected_card(stage: Stage) -> None:
    visitors = asked(stage)
    reviewer = stage.visitor()
    teacher = visitors["UTEACHER1"]
    played.ok(teacher.click("session.set_day"))
    teacher.wait_for_modal("session_day")
    assert "leader or reviewer" in str(teacher.submit({"day": "2026-12-18"}))
    played.ok(reviewer.command("/levers start"))
    reviewer.wait_for_modal("start")
    played.ok(reviewer.click("session.set_day"))
    reviewer.wait_for_modal("session_day")
    played.ok(reviewer.submit({"day": "2026-12-15"}))
    assert "December 15" in str(reviewer.wait_for_modal("told"))
    reviewer.wait_for_text("The next session is on Tuesday, December 15")
    for visitor in visitors.values():
        played.ok(visitor.click("check_in.on_track", channel="dm"))
        visitor.wait_for_text("You said: *on track*", "dm")
    go_to(stage, datetime(2026, 12, 14, 22, 0, tzinfo=UTC))
    teacher.wait_for_text("Your team meets soon", "dm")


def test_what_somebody_owned_who_left_goes_to_the_leader_and_nothing_more_to_them(stage: Stage) -> None:
    visitors = asked(stage)
    principal = stage.visitor("UPRINCIPAL1")
    played.ok(stage.visitor().cause("deactivated_person", person="UTEACHER1"))
    principal.wait_for_text("is no longer with", "dm")
    before = visitors["UTEACHER1"].messages("dm")
    played.ok(principal.click("action.find_owner", channel="dm"))
    principal.wait_for_modal("hand_over")
    played.ok(principal.submit({"to": "UTEACHER3"}))
    principal.wait_for_text("<@UTEACHER3> is asked to take on", "dm")
    assert "has been taken care of" not in texts(principal)
    asked_anew = stage.visitor("UTEACHER3")
    asked_anew.wait_for_text("This needs an owner", "dm")
    played.ok(asked_anew.click("acceptance.accept", channel="dm"))
    principal.wait_for_text("has been taken care of", "dm")
    go_to(stage, datetime(2026, 12, 18, 22, 0, tzinfo=UTC))
    assert len(visitors["UTEACHER2"].messages("dm")) == 2
    assert visitors["UTEACHER1"].messages("dm") == before


def test_the_principal_reads_why_slack_refuses_somebody_and_tries_again(stage: Stage) -> None:
    stage.settled()
    with stage.books.write() as ledger:
        pauses.pause(ledger.view, "UTEACHER3", "user_not_found", stage.now())
    go_to(stage, stage.now() + timedelta(hours=2))
    principal = stage.visitor("UPRINCIPAL1")
    message = principal.wait_for_text("Slack finds no such person here", "dm")
    assert "UTEACHER3" not in message["text"] and "Slack" not in message["text"]
    played.ok(principal.command("/levers status"))
    principal.wait_for_text("What I cannot send")
    teacher = stage.visitor("UTEACHER1")
    played.ok(teacher.open_home())
    played.ok(principal.open_home())
    principal.wait_for(lambda: "To <@UTEACHER3> (Juniper Hills School): Slack finds no such" in str(principal.home()))
    played.ok(principal.click("pause.lift", home=True))
    principal.wait_for(lambda: "What I cannot send" not in str(principal.home()))
    assert "What I cannot send" not in str(teacher.wait_for(teacher.home))
    principal.wait_for_text("goes on. If Slack refuses again", "dm")
    assert "pause.lift" not in texts(principal)
    assert stage.read(lambda ledger: ledger.pauses.all()) == []


def test_whoever_tries_again_too_early_reads_that_slack_still_refuses_and_nothing_looks_mended(stage: Stage) -> None:
    stage.settled()
    stage.visitor().cause("archived_channel", channel="CPLAN1")
    with stage.books.write() as ledger:
        pauses.pause(ledger.view, "CPLAN1", "is_archived", stage.now())
    principal = stage.visitor("UPRINCIPAL1")
    played.ok(principal.open_home())
    principal.wait_for(lambda: "the channel is archived" in str(principal.home()))
    played.ok(principal.click("pause.lift", home=True))
    principal.wait_for(lambda: "it still refuses: the channel is archived" in str(principal.modal()))
    principal.close()
    assert "What I cannot send" in str(principal.home())
    played.ok(principal.command("/levers status", "dm"))
    played.ok(principal.click("pause.lift", channel="dm"))
    principal.wait_for_text("it still refuses", "dm")
    assert stage.read(lambda ledger: ledger.pauses.all())
    stage.visitor().undo()
    played.ok(principal.click("pause.lift", home=True))
    principal.wait_for(lambda: "I am trying again" in str(principal.modal()))
    assert "Nothing was changed" not in str(principal.modal())
    principal.wait_for(lambda: "What I cannot send" not in str(principal.home()))
    assert stage.read(lambda ledger: ledger.pauses.all()) == []


def test_weeks_of_one_plan_are_never_too_much_for_anybody(stage: Stage) -> None:
    """One owner answers every time, one never does, one is done early; nobody else does anything."""
    visitors = asked(stage)
    busy, done = visitors["UTEACHER1"], visitors["UCOACH1"]
    played.ok(done.click("check_in.done", channel="dm"))
    done.wait_for_modal("answer")
    played.ok(done.submit({"note": "In the shared folder"}))
    day = datetime(2026, 12, 9, 23, 0, tzinfo=UTC)
    while day < datetime(2027, 1, 16, tzinfo=UTC):
        go_to(stage, day)
        if busy.find_message("How is it going?", "dm") and "check_in.on_track" in texts(busy):
            status = "on_track" if day.day % 2 else "at_risk"
            played.ok(busy.click(f"check_in.{status}", channel="dm"))
            stage.settled()
        day += timedelta(days=7)
    got = received(stage)
    weeks = Counter((person, when.isocalendar()[:2]) for person, kind, when in got if kind == "check-in")
    assert max(weeks.values()) == 1, "one check-in message a week at the most"
    asked_of = Counter(person for person, kind, _ in got if kind == "check-in")
    assert asked_of["UTEACHER2"] == 2, "two unanswered, then silence"
    assert asked_of["UCOACH1"] == 1 and 3 <= asked_of["UTEACHER1"] <= 5
    digests = Counter(
        when.isocalendar()[:2] for person, kind, when in got if (person, kind) == ("UPRINCIPAL1", "digest")
    )
    assert digests and max(digests.values()) == 1
    assert "No answer to two questions in a row" in texts(stage.visitor("UPRINCIPAL1"))
    monthly = [when for person, kind, when in got if (person, kind) == ("UREVIEWER1", "monthly")]
    assert len(monthly) == 1
    team_checks = texts(stage.visitor("UTEACHER3"), "CPLAN1")
    assert "30 days of the plan" in team_checks and "60 days" not in team_checks
    assert max(Counter((person, when.date()) for person, _, when in got if person.startswith("U")).values()) <= 3


def received(stage: Stage) -> list[tuple[str, str, datetime]]:
    """Every message that was sent: to whom, of which kind, and when it was due, at the school."""
    with stage.database.read() as conn:
        rows = conn.execute(select(deliveries).where(deliveries.c.ts.is_not(None))).all()
    return [(row.recipient, row.kind, day_of(row)) for row in rows]


def day_of(row: Any) -> datetime:
    """When a message was due: by its occasion where that is a day, because an update moves what is stored."""
    if row.kind == "check-in":
        return datetime.combine(date.fromisoformat(row.occasion), datetime.min.time(), ZoneInfo(ZONE))
    if row.kind == "digest":
        return datetime.combine(date.fromisoformat(row.occasion), datetime.min.time(), ZoneInfo(ZONE))
    return row.due_at.astimezone(ZoneInfo(ZONE))  # type: ignore[no-any-return]
