"""Rehearsing: the clock, the colleagues, a restart, and the door that keeps other pages out."""

import http.client
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt import App

from bot.rehearsal.clock import ClockError, next_morning, soonest_after
from bot.rehearsal.others import Rule, dots
from bot.rehearsal.world import DEFAULT_WORLD, WorldError, read_world
from tests.bot.rehearsal.blocks import Json, actions, button, field, line, menu, modal, words
from tests.bot.rehearsal.conftest import SMALL_WORLD, client_of, connected
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.rehearsal.workspaces import running

BALLOT = Rule(press="ballot.open", did="voted", modal="ballot", fill="dots", budget=5, most_on_one=3)


def ballot(size: int) -> list[Json]:
    return [field(f"b{n}", menu("dots", "0", "1", "2", "3")) for n in range(size)]


@given(size=st.integers(1, 12), seed=st.text(max_size=6))
def test_a_colleagues_ballot_spends_five_dots_at_most_and_three_on_one(size: int, seed: str) -> None:
    spent = [int(choice["dots"]) for choice in dots(ballot(size), BALLOT, seed).values()]
    assert sum(spent) == min(5, 3 * size)
    assert max(spent) <= 3
    assert dots(ballot(size), BALLOT, seed) == dots(ballot(size), BALLOT, seed)


def test_colleagues_vote_differently() -> None:
    assert len({json.dumps(dots(ballot(8), BALLOT, seed)) for seed in ("ana", "ben", "kofi", "linh")}) > 1


def test_the_others_join_vote_and_accept_once_and_say_so(app: App, visitor: Visitor) -> None:
    done: list[str] = []

    @app.action("session.join")
    def join(ack: Any, body: dict[str, Any]) -> None:
        ack()
        done.append(f"join {body['user']['id']}")

    @app.action("ballot.open")
    def vote(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        loading = client.views_open(trigger_id=body["trigger_id"], view=modal(words("Loading"), callback_id="ballot"))
        client.views_update(view_id=loading["view"]["id"], view=modal(*ballot(4), callback_id="ballot"))

    @app.view("ballot")
    def cast(ack: Any, body: dict[str, Any]) -> None:
        if body["user"]["id"] == "UTWO":
            ack(response_action="errors", errors={"b0": "The vote is closed."})
            return
        ack()
        done.append(f"vote {body['user']['id']}")

    @app.action("acceptance.accept")
    def accept(ack: Any, body: dict[str, Any]) -> None:
        ack()
        done.append(f"accept {body['user']['id']}")

    with connected(app):
        card = [actions(button("session.join"), button("ballot.open"))]
        app.client.chat_postMessage(channel="CTEAM", text="Card", blocks=card)
        ask = [actions(button("acceptance.accept"))]
        app.client.chat_postMessage(channel="UONE", text="Yours?", blocks=ask)
        app.client.chat_postMessage(channel="UREV", text="Yours?", blocks=ask)
        sentences = visitor.let_others_act()
        assert visitor.let_others_act() == []
    assert done == ["join UONE", "vote UONE", "accept UONE", "join UTWO"]
    assert sentences == [
        "Ana Amsel joined.",
        "Ana Amsel voted.",
        "Ana Amsel accepted an action.",
        "Ben Birke joined.",
        "Ben Birke sent the form, and it was refused: The vote is closed.",
    ]
    assert visitor.as_person("UTWO").modal() is None


def test_an_action_that_did_not_reach_the_app_is_tried_again(visitor: Visitor, app: App) -> None:
    app.client.chat_postMessage(channel="CTEAM", text="Card", blocks=[actions(button("session.join"))])
    assert all("not connected" in sentence for sentence in visitor.let_others_act())

    @app.action("session.join")
    def join(ack: Any) -> None:
        ack()

    with connected(app):
        assert visitor.let_others_act() == ["Ana Amsel joined.", "Ben Birke joined."]


def test_only_the_colleagues_of_the_channel_that_is_looked_at_act(app: App, visitor: Visitor) -> None:
    @app.action("session.join")
    def join(ack: Any) -> None:
        ack()

    with connected(app):
        for channel in ("CTEAM", "UONE", "UTWO"):
            app.client.chat_postMessage(channel=channel, text="Card", blocks=[actions(button("session.join"))])
        assert visitor.let_others_act("CCLOSED") == []
        assert visitor.let_others_act("CTEAM") == ["Ana Amsel joined.", "Ben Birke joined."]


def test_a_colleague_presses_one_answer_to_each_question_and_writes_a_note_where_one_is_asked_for(
    app: App, visitor: Visitor
) -> None:
    pressed: list[tuple[str, str]] = []
    notes: list[str] = []

    def answer(name: str) -> None:
        @app.action(name)
        def pressing(ack: Any, body: dict[str, Any], client: Any) -> None:
            ack()
            pressed.append((body["actions"][0]["value"], name))
            if name in ("check_in.done", "check_in.blocked"):
                form = modal(field("note", line("note")), callback_id="answer")
                client.views_open(trigger_id=body["trigger_id"], view=form)

    names = [f"check_in.{status}" for status in ("on_track", "at_risk", "blocked", "done")]
    for name in names:
        answer(name)

    @app.view("answer")
    def noted(ack: Any, view: dict[str, Any]) -> None:
        ack()
        notes.append(view["state"]["values"]["note"]["note"]["value"])

    questions = [f"q{n}" for n in range(20)]
    with connected(app):
        blocks = [actions(*(button(n, value=q) for n in names), block_id=q) for q in questions]
        app.client.chat_postMessage(channel="UONE", text="How is it going?", blocks=blocks)
        app.client.chat_postMessage(channel="CTEAM", text="How is it going?", blocks=blocks[:1])
        assert visitor.let_others_act() == ["Ana Amsel answered a check-in."] * len(questions)
        assert visitor.let_others_act() == []
    assert [question for question, _ in pressed] == questions
    assert {name for _, name in pressed} == {*names}
    asked_for = [name for _, name in pressed if name in ("check_in.done", "check_in.blocked")]
    assert len(notes) == len(asked_for)
    assert all(notes)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-11-24T14:00:00+00:00", "2026-11-25T14:00:00+00:00"),
        ("2026-11-27T23:00:00+00:00", "2026-11-30T14:00:00+00:00"),
        ("2026-11-28T03:00:00+00:00", "2026-11-30T14:00:00+00:00"),
        ("2027-03-12T20:00:00+00:00", "2027-03-15T13:00:00+00:00"),
    ],
)
def test_the_next_morning_is_eight_on_the_next_weekday_in_the_teams_zone(now: str, morning: str) -> None:
    found = next_morning(datetime.fromisoformat(now), "America/Chicago")
    assert found == datetime.fromisoformat(morning)


def test_the_soonest_reminder_still_to_come_is_found_in_any_order() -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    reminders = [{"due_utc": f"2026-11-{day}T08:00:00+00:00"} for day in (30, 20, 26)]
    assert soonest_after(now, reminders) == datetime(2026, 11, 26, 8, tzinfo=UTC)
    assert soonest_after(now, []) is None
    mine = [{"due_utc": "2026-11-28T08:00:00+00:00", "recipient": "UONE"}, *reminders]
    assert soonest_after(now, mine, "UONE") == datetime(2026, 11, 28, 8, tzinfo=UTC)
    assert soonest_after(now, mine, "UTWO") is None
    with pytest.raises(ClockError):
        soonest_after(now, [{"due": "tomorrow"}])


def test_moving_the_clock_writes_the_seconds_and_messages_show_the_moved_time(tmp_path: Path, visitor: Visitor) -> None:
    before = visitor.say("Before", "CTEAM")["ts"]
    assert visitor.move_clock(86_400)["ok"]
    ahead = float((tmp_path / "clock").read_text())
    after = visitor.say("After", "CTEAM")["ts"]
    shown = {message["ts"]: message["moment"] for message in visitor.messages("CTEAM")}
    assert ahead == 86_400
    assert shown[after] - shown[before] >= 86_400
    assert float(after) - float(before) < 3600
    assert visitor.move_clock(-60)["ok"] is False
    assert "reminders" in visitor.move_clock("next check-in")["sentence"]
    assert visitor.move_clock("yesterday")["ok"] is False


def test_the_next_check_in_is_a_minute_after_the_soonest_reminder(tmp_path: Path) -> None:
    printed = tmp_path / "reminders.json"
    command = f"{sys.executable} -c \"print(open('{printed}').read())\""
    with running(tmp_path / "state", "--world", str(SMALL_WORLD), "--reminders-command", command) as url:
        visitor = Visitor(url, "UREV")
        printed.write_text("[]")
        assert "No check-in is scheduled" in visitor.move_clock("next check-in")["sentence"]
        printed.write_text('[{"due_utc": "2099-01-05T21:00:00Z"}, {"due_utc": "2098-01-06T21:00:00Z"}]')
        assert visitor.move_clock("next check-in")["now"].startswith("2098-01-06T21:01:0")
        printed.write_text("oops")
        assert "JSON" in visitor.move_clock("next check-in")["sentence"]


def test_a_rehearsal_survives_a_restart_and_reset_starts_anew(tmp_path: Path) -> None:
    state, options = tmp_path / "state", ("--world", str(SMALL_WORLD))
    with running(state, *options) as url:
        client_of(url).chat_postMessage(channel="CTEAM", text="Kept", blocks=[actions(button("go"))])
        Visitor(url, "UREV").move_clock(3600)
    with running(state, *options) as url:
        visitor = Visitor(url, "UREV")
        assert visitor.find_message("Kept", "CTEAM")
    with running(state, *options, "--reset") as url:
        assert Visitor(url, "UREV").messages("CTEAM") == []
    assert not (state / "clock").exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1:1"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_only_pages_of_the_workspaces_own_address_are_answered(
    address: str, headers: dict[str, str], status: int
) -> None:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    connection.request("GET", "/practice/world", headers=headers)
    assert connection.getresponse().status == status
    connection.close()


@pytest.mark.parametrize("path", ["/page/../../__main__.py", "/page/%2e%2e/gestures.py", "/files/..%2fworkspace.json"])
def test_tricks_with_paths_find_nothing(address: str, path: str) -> None:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    connection.request("GET", path)
    assert connection.getresponse().status == 404
    connection.close()


def test_the_page_may_load_nothing_from_elsewhere(address: str) -> None:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    connection.request("GET", "/")
    answer = connection.getresponse()
    assert "default-src 'self'" in str(answer.getheader("content-security-policy"))
    assert b"http" not in answer.read().replace(b"http-equiv", b"")
    connection.close()


def test_a_malformed_gesture_is_refused_with_a_sentence(visitor: Visitor) -> None:
    assert visitor.as_person("UNOBODY").say("x", "CTEAM")["error"] == "user_not_found"
    assert visitor.say("x", "CCLOSED")["error"] == "channel_not_found"
    assert visitor.click("none", block_id="none", ts="1.000001", channel="CTEAM")["error"] == "not_there"


def test_the_default_world_is_whole() -> None:
    world = read_world(DEFAULT_WORLD)
    assert world.people[world.installer].role == "Reviewer"
    first, *others, hall = world.channels
    assert (first.id, first.private, world.app.bot_user in first.members) == ("CPLAN1", True, True)
    assert [place.name for place in others] == [
        "willow-bend-plan",
        "lantern-cove-plan",
        "three-pines-plan",
        "your-school",
    ]
    assert (hall.id, hall.private, world.app.bot_user in hall.members) == ("CGENERAL1", False, False)
    own = others[-1]
    assert {*own.members} == {person.id for person in (*world.humans, world.people[world.app.bot_user])}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"installer": "UNOBODY"}, "installer 'UNOBODY'"),
        ({"people": [{"id": "UREV", "name": "x"}]}, "real_name"),
        ({"channels": [{"id": "C", "name": "c", "members": ["UX"]}]}, "'UX' is not one of the people"),
    ],
)
def test_a_wrong_world_file_is_refused_by_key(tmp_path: Path, change: Json, sentence: str) -> None:
    raw = {**yaml.safe_load(SMALL_WORLD.read_text()), **change}
    path = tmp_path / "world.yaml"
    path.write_text(yaml.safe_dump(raw))
    with pytest.raises(WorldError, match=sentence) as refused:
        read_world(path)
    assert str(path) in str(refused.value)
