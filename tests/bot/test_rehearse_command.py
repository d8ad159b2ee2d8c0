"""`levers rehearse`, as somebody runs it: what it shows, what it refuses, and how it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.bot.rehearsal.visitor import Visitor

REVIEW = Path(__file__).parents[2] / "bot/rehearsal/sample/three_pines/review.csv"


class Rehearsal:
    """A running `levers rehearse` and its page."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.process = subprocess.Popen(command(folder, *options), stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.reviewer = Visitor(self.process.stdout.readline().strip())
        until(lambda: self.reviewer.screen()["connected"])

    def processes(self, module: str) -> list[int]:
        """The processes that it started to run `module`."""
        listed = subprocess.run(
            ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], stdout=subprocess.PIPE, text=True, check=True
        ).stdout
        rows = [line.split(None, 2) for line in listed.splitlines()]
        mine = [(int(pid), f"{words} ") for pid, parent, words in rows if int(parent) == self.process.pid]
        return [pid for pid, words in mine if f".tethered {module} " in words]

    def end(self, how: int = signal.SIGTERM) -> int:
        """End it by a signal; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def command(folder: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "bot", "rehearse", "--no-browser", "--folder", str(folder), *options]


@contextmanager
def rehearsing(folder: Path, *options: str) -> Iterator[Rehearsal]:
    running = Rehearsal(folder, *options)
    try:
        yield running
    finally:
        running.end()


def refused(folder: Path, *options: str) -> tuple[int, str]:
    done = subprocess.run(command(folder, *options), capture_output=True, text=True, timeout=60)
    assert "Traceback" not in done.stderr
    return done.returncode, " ".join(done.stderr.split())


def until(what: Callable[[], Any], seconds: float = 40) -> Any:
    over = time.monotonic() + seconds
    while not (answer := what()):
        assert time.monotonic() < over, "waited in vain"
        time.sleep(0.05)
    return answer


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # One that has ended stays in the table until whoever adopted it looks.
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], stdout=subprocess.PIPE, text=True).stdout
    return bool(state.strip()) and not state.startswith("Z")


def test_a_plan_under_way_goes_on_its_owners_are_asked_and_the_colleagues_answer(tmp_path: Path) -> None:
    with rehearsing(tmp_path / "kept") as rehearsal:
        reviewer = rehearsal.reviewer
        reviewer.wait_for_text("1 not started, 2 on track, 2 at risk, 1 blocked and 1 done", "CPLAN2")
        assert len(reviewer.messages("CPLAN2")) == 2
        reviewer.wait_for_text("has an action plan", "CPLAN3")
        reviewer.wait_for_text("Open the session", "CPLAN4")
        teacher = reviewer.as_person("UTEACHER5")
        assert teacher.messages("dm") == []
        assert teacher.move_clock("next check-in")["ok"]
        asked = teacher.wait_for_text("How is it going?", "dm")
        assert "On track" in str(asked["blocks"])
        said = reviewer.wait_for(lambda: reviewer.let_others_act("CPLAN2"))
        assert {*said} >= {"Malia Keawe answered a check-in.", "Oskar Lindqvist answered a check-in."}
        teacher.wait_for_text("You said:", "dm")
        assert not [sentence for sentence in said if "Adaeze" in sentence]


def test_a_review_of_ones_own_comes_in_at_the_start_and_its_school_can_be_connected(tmp_path: Path) -> None:
    review = tmp_path / "maple.csv"
    review.write_text(REVIEW.read_text().replace("PINES", "MAPLE"))
    with rehearsing(tmp_path / "kept", "--review", str(review)) as rehearsal:
        reviewer = rehearsal.reviewer
        reviewer.wait_for_text("Connect this channel", "COWN1")
        reviewer.command("/levers connect maple", "COWN1")
        reviewer.wait_for_modal("connect")
        leaders = {"principal": "UPRINCIPAL1", "backup": "UCOACH1", "reviewers": ["UREVIEWER1"]}
        assert reviewer.submit(leaders)["ok"]
        reviewer.wait_for_text("MAPLE", "COWN1")
        reviewer.wait_for_text("is held", "dm")
        assert reviewer.click("review.release", channel="dm")["ok"]
        reviewer.wait_for_text("Open the session", "COWN1")


def test_a_review_that_cannot_be_read_ends_the_start_with_the_reason(tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text("school\nMAPLE\n")
    code, sentence = refused(tmp_path / "kept", "--review", str(broken))
    assert (code, "broken.csv, row 1: the columns review_date" in sentence) == (1, True)
    code, sentence = refused(tmp_path / "kept", "--review", str(tmp_path / "none.csv"))
    assert (code, "none.csv: the file cannot be read" in sentence) == (1, True)


def test_a_folder_that_is_in_use_or_cannot_be_made_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    code, sentence = refused(tmp_path / "file")
    assert (code, "cannot keep a rehearsal" in sentence) == (1, True)
    code, sentence = refused(tmp_path / "kept", "--port", "70000")
    assert (code, "65535" in sentence) == (2, True)
    with rehearsing(tmp_path / "kept") as rehearsal:
        code, sentence = refused(tmp_path / "kept")
        assert (code, f"already (process {rehearsal.process.pid})" in sentence) == (1, True)
        code, sentence = refused(tmp_path / "kept", "--reset")
        assert (code, f"already (process {rehearsal.process.pid})" in sentence) == (1, True)
        assert rehearsal.reviewer.say("Still here", "CPLAN1")["ok"]


def test_a_rehearsal_survives_a_workspace_that_is_killed_and_reset_starts_anew(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with rehearsing(kept) as rehearsal:
        rehearsal.reviewer.wait_for_text("has an action plan", "CPLAN2")
        rehearsal.reviewer.say("See you at one", "CPLAN1")
        # What was answered is kept, however soon the workspace is killed.
        (workspace,) = rehearsal.processes("bot.rehearsal")
        os.kill(workspace, signal.SIGKILL)
        assert rehearsal.process.wait(30) == 1
    with rehearsing(kept) as rehearsal:
        assert rehearsal.reviewer.find_message("See you at one", "CPLAN1")
        assert rehearsal.reviewer.command("/levers status", "CPLAN2")["ok"]
        rehearsal.reviewer.wait_for_text("The plan", "CPLAN2")
        assert len([m for m in rehearsal.reviewer.messages("CPLAN2") if "has an action plan" in m["text"]]) == 1
    (kept / "notes.txt").write_text("mine")
    with rehearsing(kept, "--reset") as rehearsal:
        assert not rehearsal.reviewer.find_message("See you at one", "CPLAN1")
    assert (kept / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM], ids=lambda how: how.name)
def test_every_signal_that_asks_for_an_end_ends_all_of_it(tmp_path: Path, how: signal.Signals) -> None:
    # As in `levers rehearse &` in a script, whose shell lets its background ignore Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        rehearsal = Rehearsal(tmp_path / "kept")
    finally:
        signal.signal(signal.SIGINT, before)
    started = [*rehearsal.processes("bot.rehearsal"), *rehearsal.processes("bot")]
    assert len(started) == 2
    assert rehearsal.end(how) == 0
    assert not [process for process in started if alive(process)]


def test_workspace_and_bot_end_with_a_rehearsal_that_is_killed_and_the_next_one_takes_the_folder(
    tmp_path: Path,
) -> None:
    rehearsal = Rehearsal(tmp_path / "kept")
    started = [*rehearsal.processes("bot.rehearsal"), *rehearsal.processes("bot")]
    assert len(started) == 2
    rehearsal.end(signal.SIGKILL)
    with rehearsing(tmp_path / "kept") as again:
        again.reviewer.wait_for_text("has an action plan", "CPLAN2")
    until(lambda: not [process for process in started if alive(process)])
