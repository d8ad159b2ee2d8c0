"""The bot is killed while a team meets, in every phase and at random: the session goes on, and nothing kept is lost."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bot import played
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.stage import VOTERS, Stage


def test_the_bot_is_killed_in_every_phase_and_the_session_goes_on(stage: Stage) -> None:
    stage.visitor().wait_for_text("Connect this channel")
    stage.stop_bot()
    with killable(stage) as kill:
        played.connect(stage)
        played.release(stage)
        kill()
        played.start(stage)
        kill()
        played.gather(stage)
        for heading in ("2 of 7", "3 of 7", "4 of 7"):
            kill()
            played.go_on(stage, heading)
        played.vote(stage, {person: {0: 2, 1: 2, 2: 1} for person in VOTERS})
        kill()
        played.go_on(stage, "5 of 7")
        kill()
        played.choose(stage, [0, 1, 2])
        played.go_on(stage, "6 of 7")
        kill()
        played.draft(stage, ("UTEACHER1", "UTEACHER2", "UCOACH1"))
        played.go_on(stage, "7 of 7")
        kill()
        played.go_on(stage, "Action plan")
        kill()
        stage.visitor("UTEACHER1").wait_for_text("Take it on", "dm")
    stage.restart_bot(stop=False)
    stage.settled()
    messages = stage.visitor().messages()
    for number in range(1, 8):
        assert sum(1 for m in messages if m["text"].startswith(f"{number} of 7")) == 1, "each card stands once"


def test_the_bot_is_killed_at_random_and_nothing_that_was_said_to_be_kept_is_missing(stage: Stage) -> None:
    played.to_vote(stage)
    stage.stop_bot()
    over, chance = threading.Event(), random.Random(4)
    with killable(stage) as kill:
        apart = max(3.0, 5 * seconds_to_open_a_ballot(stage))

        def kill_now_and_then() -> None:
            while not over.wait(chance.uniform(0, apart)):
                kill()

        killing = threading.Thread(target=kill_now_and_then)
        killing.start()
        try:
            for turn, person in enumerate(VOTERS):
                stage.until(lambda who=person, n=turn: has_voted(stage.visitor(who), {n: 3, n + 1: 2}), seconds=120)  # type: ignore[misc]
                session = stage.session()
                own = stage.read(lambda ledger, who=person, at=session: ledger.ballots.own(at, who))
                placed = {session.shortlist[turn].indicator: 3, session.shortlist[turn + 1].indicator: 2}
                assert own == placed, "what was answered with a yes is kept"
        finally:
            over.set()
            killing.join()
    stage.restart_bot(stop=False)
    stage.settled()
    assert "*6 of 6* have voted." in str(stage.visitor().wait_for_text("*6 of 6* have voted."))


def seconds_to_open_a_ballot(stage: Stage) -> float:
    """How long a person waits for a ballot here: killed much more often than that, nobody would ever vote."""
    begun, voter = time.monotonic(), stage.visitor(VOTERS[0])
    played.ok(voter.click("ballot.open"))
    voter.wait_for_modal("ballot")
    voter.close(everything=True)
    return time.monotonic() - begun


def has_voted(voter: Visitor, dots: dict[int, int]) -> bool:
    """Whether a ballot was taken; where the bot is gone just then, it is not."""
    if (window := voter.modal()) is None or window["callback_id"] != "ballot":
        voter.click("ballot.open")
        window = voter.modal()
    if window is None or window["callback_id"] != "ballot":
        return False
    taken = voter.submit({f"dots-{place}": str(count) for place, count in dots.items()})["ok"]
    if taken:
        voter.close(everything=True)
    return bool(taken)


@contextmanager
def killable(stage: Stage) -> Iterator[object]:
    """The bot as `levers serve` runs it; the function that is handed out kills it with SIGKILL and starts it again."""
    environment = {
        **os.environ,
        "LEVERS_DATABASE_URL": str(stage.database.url),
        "LEVERS_CLOCK_FILE": str(stage.clock_file),
        "SLACK_BOT_TOKEN": "xoxb-rehearsal",
        "SLACK_APP_TOKEN": "xapp-rehearsal",
        "SLACK_API_URL": f"{stage.url}api/",
    }

    def start() -> "subprocess.Popen[bytes]":
        begun = subprocess.Popen([sys.executable, "-m", "bot", "serve"], env=environment)
        stage.until(lambda: stage.visitor().screen()["connected"], seconds=60)
        return begun

    running = [start()]

    def kill() -> None:
        running[-1].send_signal(signal.SIGKILL)
        running[-1].wait()
        stage.until(lambda: not stage.visitor().screen()["connected"])
        running.append(start())

    try:
        yield kill
    finally:
        running[-1].terminate()
        running[-1].wait()
