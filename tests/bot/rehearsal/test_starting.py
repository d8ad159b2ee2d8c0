"""Starting the workspace: what cannot work is said in a sentence, and nothing is lost when it is killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from slack_bolt import App
from slack_sdk.webhook import WebhookClient

from bot.rehearsal.triggers import ResponseUrl, ResponseUrls
from bot.rehearsal.wire import Refusal
from tests.bot.rehearsal.blocks import field, line, modal
from tests.bot.rehearsal.conftest import ROOT, SMALL_WORLD, client_of, connected
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.rehearsal.workspaces import running


def start(*options: str) -> tuple[int, str]:
    """The exit code and standard error of a workspace that does not start."""
    command = [sys.executable, "-m", "bot.rehearsal", *options]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    return ended.returncode, ended.stderr


def test_a_port_in_use_is_said(tmp_path: Path, address: str) -> None:
    port = str(urlsplit(address).port)
    code, said = start("--state", str(tmp_path / "other"), "--port", port)
    assert code == 1
    assert said.startswith(f"Port {port} cannot be used")
    assert "Traceback" not in said


@pytest.mark.parametrize("port", ["-1", "65536", "http", "²"])
def test_what_is_no_port_is_wrong_usage(tmp_path: Path, port: str) -> None:
    code, said = start("--state", str(tmp_path / "other"), f"--port={port}")
    assert code == 2
    assert "is not a port" in said


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, said = start("--state", str(tmp_path / "file" / "state"))
    assert code == 1
    assert said.startswith(f"The folder {tmp_path / 'file' / 'state'} cannot be used")


@pytest.mark.parametrize("reset", [(), ("--reset",)])
def test_a_folder_is_one_rehearsals_only(tmp_path: Path, reset: tuple[str, ...]) -> None:
    with running(tmp_path / "state", "--world", str(SMALL_WORLD)) as url:
        Visitor(url, "UREV").say("Mine", "CTEAM")
        code, said = start("--state", str(tmp_path / "state"), *reset)
        assert (code, "Another rehearsal is running" in said) == (1, True)
        assert Visitor(url, "UREV").find_message("Mine", "CTEAM")


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--world", "nowhere.yaml", "nowhere.yaml: cannot be read"),
        ("--manifest", "nowhere.yaml", "nowhere.yaml: cannot be read"),
        ("--request-url", "https://example.org/slack", "must begin with http://127.0.0.1"),
        ("--request-url", "http://127.0.0.1:x/", "is not an address"),
        ("--request-url", "http://127.0.0.1.example.org/", "must begin with http://127.0.0.1"),
    ],
)
def test_an_option_that_cannot_be_used_is_said(tmp_path: Path, option: str, value: str, sentence: str) -> None:
    code, said = start("--state", str(tmp_path / "state"), option, value)
    assert code == 1
    assert sentence in said
    assert "Traceback" not in said


def test_a_kill_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    state, options = tmp_path / "state", ["--world", str(SMALL_WORLD)]
    command = [sys.executable, "-m", "bot.rehearsal", "--port", "0", "--state", str(state), *options]
    said: list[str] = []
    for round_number in range(3):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        client = client_of(url)
        for number in range(5):
            text = f"{round_number}.{number}"
            ts = str(client.chat_postMessage(channel="CTEAM", text="Draft")["ts"])
            client.chat_update(channel="CTEAM", ts=ts, text=text)
            said.append(text)
        gone = client.chat_postMessage(channel="CTEAM", text="Gone")["ts"]
        client.chat_delete(channel="CTEAM", ts=str(gone))
        client.reactions_add(channel="CTEAM", timestamp=ts, name="tada")
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
    with running(state, *options) as url:
        messages = Visitor(url, "UREV").messages("CTEAM")
    assert [message["text"] for message in messages] == said
    assert [bool(message["reactions"]) for message in messages] == ([False] * 4 + [True]) * 3


def test_a_line_torn_by_a_kill_is_passed_over(tmp_path: Path) -> None:
    state, options = tmp_path / "state", ("--world", str(SMALL_WORLD))
    with running(state, *options) as url:
        client_of(url).chat_postMessage(channel="CTEAM", text="Whole")
    with (state / "workspace.jsonl").open("a") as journal:
        journal.write('["posted", {"in": "CTEAM", "body": {"ts": "9')
    with running(state, *options) as url:
        assert [message["text"] for message in Visitor(url, "UREV").messages("CTEAM")] == ["Whole"]


def test_an_open_modal_and_a_response_url_survive_a_kill(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot.rehearsal", "--state", str(tmp_path), "--world", str(SMALL_WORLD)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    app, visitor = App(client=client_of(url)), Visitor(url, "UREV")
    answers: list[str] = []

    @app.command("/levers")
    def start_here(ack: Any, command: dict[str, Any], client: Any) -> None:
        client.views_open(trigger_id=command["trigger_id"], view=modal(field("what", line())))
        ack()
        answers.append(command["response_url"])

    with connected(app):
        assert visitor.command("/levers", "CTEAM")["ok"]
        visitor.wait_for(lambda: answers)
    port = urlsplit(url).port
    process.kill()
    process.wait()
    process.stdout.close()
    with running(tmp_path, "--world", str(SMALL_WORLD), "--port", str(port)) as again:
        visitor = Visitor(again, "UREV")
        assert visitor.modal()["callback_id"] == "form"  # type: ignore[index]
        assert WebhookClient(answers[0]).send(text="Still heard").status_code == 200
        assert visitor.find_message("Still heard", "CTEAM")


def test_a_response_url_works_for_thirty_minutes() -> None:
    known: dict[str, ResponseUrl] = {}
    with time_machine.travel("2026-12-02T19:00:00Z", tick=False) as clock:
        urls = ResponseUrls("http://127.0.0.1:1", known)
        name = urls.issue("CTEAM", "UREV").rpartition("/")[2]
        clock.shift(30 * 60)
        assert urls.use(name).left == 4
        clock.shift(1)
        with pytest.raises(Refusal, match="expired_url"):
            urls.use(name)
        urls.issue("CTEAM", "UREV")
        assert name not in known
