"""The session, played on the practice workspace by the real bot."""

import json
from pathlib import Path

from sqlalchemy import func, select

from planning.phases import Phase
from planning.verbs import steer
from storage.tables.sessions import ballots
from tests.bot import played
from tests.bot.stage import VOTERS, Stage, staged


def test_a_team_gets_from_a_held_review_to_a_committed_plan_and_its_first_check_in(stage: Stage) -> None:
    played.to_commit(stage)
    owner = stage.visitor("UTEACHER1")
    owner.wait_for_text("Take it on", "dm")
    played.ok(owner.click("acceptance.accept", channel="dm"))
    owner.wait_for_text("You took it on", "dm")
    stage.set_time(stage.read(lambda ledger: ledger.reminders.to_come(stage.now()))[0].due_at)
    owner.wait_for_text("How is it going?", "dm")
    played.ok(owner.click("check_in.on_track", channel="dm"))
    owner.wait_for_text("You said: *on track*", "dm")
    files = owner.wait_for_text("The plan to print")["files"]
    assert [file["name"].rpartition(".")[2] for file in files] == ["pdf", "ics"]
    principal = stage.visitor("UPRINCIPAL1")
    played.ok(principal.command("/levers status"))
    principal.wait_for_text("*on track* (<@UTEACHER1>)")
    played.ok(owner.command("/levers status"))
    shown = owner.wait_for_text("Names and notes are for the principal and coaches")
    assert "<@UTEACHER1>" not in json.dumps(shown["blocks"])


def test_a_held_review_shows_nothing_to_the_team_until_it_is_released(stage: Stage) -> None:
    played.connect(stage)
    teacher = stage.visitor("UTEACHER1")
    played.ok(teacher.command("/levers start"))
    teacher.wait_for_text("not released yet")
    assert "Cognitive Lift" not in json.dumps(teacher.screen())
    played.release(stage)
    played.ok(teacher.command("/levers start"))
    teacher.wait_for_modal("start")


def test_a_wrong_command_is_answered_with_help_to_its_author_alone(stage: Stage) -> None:
    teacher = stage.visitor("UTEACHER2")
    played.ok(teacher.command("/levers prioritise please"))
    answer = teacher.wait_for_text("I do not know `/levers prioritise please`.")
    assert "/levers start" in json.dumps(answer)
    assert stage.visitor("UTEACHER1").find_message("I do not know") is None


def test_what_people_type_never_becomes_mrkdwn(stage: Stage) -> None:
    teacher = stage.visitor("UTEACHER2")
    played.ok(teacher.command("/levers <!channel> & co"))
    assert "&lt;!channel&gt; &amp; co" in json.dumps(teacher.wait_for_text("I do not know"))


def test_only_an_administrator_connects_a_channel(stage: Stage) -> None:
    principal = stage.visitor("UPRINCIPAL1")
    principal.wait_for_text("Connect this channel")
    played.ok(principal.click("channel.connect"))
    principal.wait_for_text("Only an administrator")
    played.ok(principal.command("/levers connect"))
    assert principal.modal() is None


def test_whoever_leaves_while_the_channel_is_being_connected_is_not_of_the_team(stage: Stage) -> None:
    reviewer = stage.visitor()
    reviewer.wait_for_text("Connect this channel")
    played.ok(reviewer.click("channel.connect"))
    reviewer.wait_for_modal("connect")
    stage.visitor("UTEACHER4").leave("CPLAN1")
    played.ok(reviewer.submit({"school": stage.read(stage.school_id), **played.LEADERSHIP}))
    stage.settled()
    members = stage.read(lambda ledger: ledger.people.members("CPLAN1"))
    assert "UTEACHER3" in members and "UTEACHER4" not in members


def test_connecting_a_channel_without_levers_says_how_to_invite_it(stage: Stage) -> None:
    reviewer = stage.visitor()
    played.ok(reviewer.command("/levers connect", channel="CGENERAL1"))
    reviewer.wait_for(lambda: "/invite @Levers" in str(reviewer.modal()))


def test_who_presses_start_second_is_led_to_the_session_that_is_open(stage: Stage) -> None:
    played.connect(stage)
    played.release(stage)
    principal = stage.visitor("UPRINCIPAL1")
    played.ok(principal.command("/levers start"))
    principal.wait_for_modal("start")
    played.start(stage)
    stage.settled()
    principal.submit()
    window = principal.wait_for_modal("told")
    assert "A session is open already" in str(window) and "Go to the current card" in str(window)
    assert stage.session().facilitator == "UREVIEWER1"


def test_starting_a_second_session_leads_to_the_open_one(stage: Stage) -> None:
    played.connect(stage)
    played.release(stage)
    played.start(stage)
    stage.settled()
    principal = stage.visitor("UPRINCIPAL1")
    played.ok(principal.command("/levers start"))
    assert "Go to the current card" in json.dumps(principal.wait_for_text("A session is open already"))
    assert principal.modal() is None


def test_whoever_starts_a_session_while_one_is_paused_hears_who_can_resume_it(stage: Stage) -> None:
    played.connect(stage)
    played.release(stage)
    played.start(stage)
    stage.settled()
    steer.pause(stage.books, "UREVIEWER1", stage.session().id, stage.session().step, stage.now())
    stage.settled()
    principal = stage.visitor("UPRINCIPAL1")
    played.ok(principal.command("/levers start"))
    told = json.dumps(principal.wait_for_text("A session is paused"))
    assert "<@UREVIEWER1>, or a leader who takes over, can resume it" in told and "Go to the current card" in told
    played.ok(principal.click("steer.open"))
    assert "The session is *paused*." in str(principal.wait_for_modal("steer"))


def test_who_types_it_in_another_channel_is_led_to_their_school_s_own(stage: Stage) -> None:
    played.connect(stage)
    teacher = stage.visitor("UTEACHER1")
    played.ok(teacher.command("/levers start", channel="CGENERAL1"))
    assert "<#CPLAN1>" in str(teacher.wait_for_text("not the channel of a school", "CGENERAL1"))


def test_a_late_click_on_an_old_card_gets_the_current_card_and_changes_nothing(stage: Stage) -> None:
    played.connect(stage)
    played.release(stage)
    played.start(stage)
    played.gather(stage, ("UTEACHER1",))
    reviewer = stage.visitor()
    played.ok(reviewer.click("steer.open"))
    reviewer.wait_for_modal("steer")
    late = stage.session()
    stage.visitor("UPRINCIPAL1")
    with stage.books.write() as ledger:
        ledger.sessions.save(late.moved_to(Phase.CELEBRATE, stage.now()))
    answer = reviewer.submit()
    assert "moved on" in json.dumps(answer) or "moved on" in json.dumps(reviewer.modal())
    assert stage.session().phase is Phase.CELEBRATE


def test_nobody_but_the_facilitator_moves_the_session_and_a_leader_can_take_over(stage: Stage) -> None:
    played.connect(stage)
    played.release(stage)
    played.start(stage)
    played.gather(stage, ("UTEACHER1", "UPRINCIPAL1"))
    teacher, principal = stage.visitor("UTEACHER1"), stage.visitor("UPRINCIPAL1")
    played.ok(teacher.click("steer.open"))
    assert "take_over" not in json.dumps(teacher.wait_for_modal("steer"))
    played.ok(principal.click("steer.open"))
    principal.wait_for_modal("steer")
    played.ok(principal.click("steer.take_over"))
    stage.until(lambda: stage.session().facilitator == "UPRINCIPAL1")
    principal.close()
    played.go_on(stage, "2 of 7", "UPRINCIPAL1")


def test_nothing_of_the_vote_shows_before_the_reveal_and_no_ballot_is_left_after_commit(stage: Stage) -> None:
    played.to_vote(stage)
    played.vote(stage, {person: {0: 3, 1: 2} for person in VOTERS})
    stage.settled()
    for person in (*VOTERS, "UREVIEWER1", "UDISTRICT1"):
        visitor = stage.visitor(person)
        played.ok(visitor.command("/levers status"))
        played.ok(visitor.open_home())
        seen = json.dumps(visitor.screen(), ensure_ascii=False)
        assert "*6 of 6* have voted" in seen
        assert "▇" not in seen and "18 dots" not in seen
    played.go_on(stage, "5 of 7")
    assert "▇" in json.dumps(stage.visitor().wait_for_text("5 of 7"), ensure_ascii=False)
    (picture,) = stage.visitor().wait_for_text("How the dots fell, as a picture.")["files"]
    assert picture["name"].endswith(".png") and "18 dots" in picture["alt_txt"]
    played.choose(stage, [0, 1])
    played.go_on(stage, "6 of 7")
    played.draft(stage, ("UTEACHER1", "UTEACHER2"))
    played.go_on(stage, "7 of 7")
    played.go_on(stage, "Action plan")
    with stage.database.read() as conn:
        assert conn.scalar(select(func.count()).select_from(ballots)) == 0


def test_a_ballot_over_the_budget_is_refused_under_its_field_and_can_be_mended(stage: Stage) -> None:
    played.to_vote(stage)
    voter = stage.visitor("UTEACHER1")
    played.ok(voter.click("ballot.open"))
    voter.wait_for_modal("ballot")
    answer = voter.submit({"dots-0": "3", "dots-1": "3"})
    assert "Take 1 back" in json.dumps(answer)
    played.ok(voter.submit({"dots-0": "3", "dots-1": "2"}))
    voter.wait_for_modal("ballot_kept")
    voter.close(everything=True)
    played.ok(voter.click("ballot.open"))
    kept = voter.wait_for_modal("ballot")["blocks"]
    assert [b["element"]["initial_option"]["value"] for b in kept if b["type"] == "input"][:3] == ["3", "2", "0"]


def test_a_tie_at_the_cut_is_shown_and_needs_a_sentence_on_how_it_was_settled(stage: Stage) -> None:
    played.to_vote(stage)
    played.vote(stage, {person: {0: 2, 1: 1, 2: 1, 3: 1} for person in VOTERS})
    played.go_on(stage, "5 of 7")
    reviewer = stage.visitor()
    reviewer.wait_for_text("A tie at the cut")
    played.ok(reviewer.click("choice.open"))
    window = reviewer.wait_for_modal("choice")
    first = [option["value"] for option in played.options(window, "chosen")][:3]
    answer = reviewer.submit({"chosen": first})
    assert "Say how the team settled it" in json.dumps(answer["errors"]["reason"])
    played.ok(reviewer.submit({"chosen": first, "reason": "Both need the same new schedule."}))
    reviewer.wait_for_text("Both need the same new schedule.")


def test_somebody_who_comes_late_joins_from_the_card_of_any_phase_before_the_reveal(stage: Stage) -> None:
    played.connect(stage)
    played.release(stage)
    played.start(stage)
    played.gather(stage, ("UTEACHER1",))
    late = {"2 of 7": "UTEACHER2", "3 of 7": "UTEACHER3"}
    for here, (heading, person) in enumerate(late.items(), start=3):
        played.go_on(stage, heading)
        visitor = stage.visitor(person)
        visitor.wait_for_text(heading)
        played.ok(visitor.click("session.join"))
        visitor.wait_for_text(f"{here} people are here")


def test_under_four_voters_the_team_discusses_instead(stage: Stage) -> None:
    played.connect(stage)
    played.release(stage)
    played.start(stage)
    played.gather(stage, ("UPRINCIPAL1", "UTEACHER1"))
    for heading in ("2 of 7", "3 of 7", "4 of 7"):
        played.go_on(stage, heading)
    reviewer = stage.visitor()
    reviewer.wait_for_text("fewer than four of you")
    played.go_on(stage, "5 of 7")
    played.choose(stage, [1])


def test_a_teacher_reads_the_team_s_evidence_and_a_reviewer_all_of_it(stage: Stage) -> None:
    played.connect(stage)
    played.release(stage)
    played.start(stage)
    played.gather(stage, ("UTEACHER1",))
    for heading in ("2 of 7", "3 of 7"):
        played.go_on(stage, heading)
    statements = {}
    for person in ("UTEACHER1", "UREVIEWER1"):
        visitor = stage.visitor(person)
        played.ok(visitor.click("evidence.open"))
        statements[person] = json.dumps(visitor.wait_for_modal("evidence"), ensure_ascii=False)
    rating = next(
        one for one in stage.review().review.ratings if one.indicator == stage.session().shortlist[0].indicator
    )
    kept = [e.statement for e in rating.evidence if e.audience.value == "reviewer"]
    assert kept
    assert all(statement in statements["UREVIEWER1"] for statement in kept)
    assert not any(statement in statements["UTEACHER1"] for statement in kept)
    assert "promised confidentiality" in statements["UTEACHER1"]


def test_somebody_who_left_the_channel_loses_the_view_at_once(committed: Stage) -> None:
    teacher = committed.visitor("UTEACHER3")
    played.ok(teacher.command("/levers plan"))
    teacher.wait_for_text("Plan one shared unit")
    with committed.books.write() as ledger:
        ledger.people.remove_member("CPLAN1", "UTEACHER3")
    played.ok(teacher.command("/levers status"))
    teacher.wait_for_text("people of the school's own team")


def test_a_paused_session_resumes_where_it_was(stage: Stage) -> None:
    played.connect(stage)
    played.release(stage)
    played.start(stage)
    played.gather(stage)
    reviewer = stage.visitor()
    played.ok(reviewer.click("steer.open"))
    reviewer.wait_for_modal("steer")
    played.ok(reviewer.click("steer.pause"))
    reviewer.wait_for_text("Paused.")
    reviewer.close()
    played.ok(reviewer.click("steer.open"))
    reviewer.wait_for_modal("steer")
    played.ok(reviewer.click("steer.resume"))
    reviewer.close()
    stage.settled()
    assert stage.session().here == ("UREVIEWER1", *VOTERS)
    played.go_on(stage, "2 of 7")


def test_the_same_session_plays_on_postgresql(tmp_path: Path) -> None:
    with staged(tmp_path, "postgresql") as stage:
        played.to_commit(stage)
        owner = stage.visitor("UTEACHER1")
        owner.wait_for_text("Take it on", "dm")
        played.ok(owner.click("acceptance.accept", channel="dm"))
        owner.wait_for_text("You took it on", "dm")
