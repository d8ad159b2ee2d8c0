"""`levers rehearse`: the practice workspace and the bot, side by side, with a fictional school to plan for."""

import os
import shutil
import signal
import subprocess
import sys
import time
import webbrowser
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path
from types import FrameType
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.sample import bring_in
from planning.calendar import SchoolCalendar
from rubric.errors import LeversError
from storage.database import Database
from storage.migrate import migrate

SESSION_HOUR = wall_time(13, 0)
RESTART_SECONDS = 1.0
MANIFEST = Path(__file__).parents[1] / "manifest.yaml"


class WorkspaceDidNotStartError(LeversError):
    """The practice workspace ended before it said where it is."""

    def __init__(self) -> None:
        super().__init__("The practice workspace did not start; its own words are above. Is the port in use?")


def register(app: typer.Typer) -> None:
    """Add `rehearse`."""
    app.command()(rehearse)


def rehearse(
    folder: Annotated[Path, typer.Option(help="Where the rehearsal is kept.")] = Path(".rehearsal"),
    port: Annotated[int, typer.Option(help="The page's port; 0 takes any free one.")] = 0,
    reset: Annotated[bool, typer.Option("--reset", help="Start anew.")] = False,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser, if there is one.")] = True,
) -> None:
    """Rehearse a session on this computer: a practice workspace, the bot, and a fictional school. Nothing leaves it."""
    if reset:
        # Only what a rehearsal wrote: the folder that was named may hold a person's own files too.
        shutil.rmtree(folder / "workspace", ignore_errors=True)
        for name in ("clock", "levers.db", "levers.db-wal", "levers.db-shm"):
            (folder / name).unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    clock_file = folder / "clock"
    environment = {
        **os.environ,
        "LEVERS_DATABASE_URL": f"sqlite:///{folder / 'levers.db'}",
        "LEVERS_CLOCK_FILE": str(clock_file),
        "SLACK_BOT_TOKEN": "xoxb-rehearsal",
        "SLACK_APP_TOKEN": "xapp-rehearsal",
    }
    _prepare(folder, clock_file)
    workspace, url = _start_workspace(folder, port, clock_file, environment)
    environment["SLACK_API_URL"] = f"{url}api/"
    print(f"{url}\nThe practice workspace. Nothing leaves this computer. Ctrl-C ends it.", flush=True)
    if browser and _has_screen():
        webbrowser.open(url)
    _keep_running(workspace, environment)


def _has_screen() -> bool:
    """Whether a browser would have a window to open in; on Linux without a display it would take over the terminal."""
    if os.environ.get("CI"):
        return False
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _prepare(folder: Path, clock_file: Path) -> None:
    """Bring in the fictional school; a rehearsal that is there already stays as it is."""
    database = Database(f"sqlite:///{folder / 'levers.db'}")
    migrate(database)
    calendar = bring_in(database, datetime.now(UTC))
    database.close()
    if not clock_file.exists():
        clock_file.write_text(str(until_session(datetime.now(UTC), calendar)), encoding="utf-8")


def until_session(now: datetime, calendar: SchoolCalendar) -> int:
    """The seconds to the half-day: none in school hours, else to the early afternoon of the next school day."""
    local = now.astimezone(ZoneInfo(calendar.zone))
    today = local.date()
    if calendar.closed_for(today) is None and wall_time(8, 0) <= local.time() < wall_time(14, 0):
        return 0
    late = local.time() >= wall_time(8, 0)
    day = calendar.school_day(today + timedelta(days=1) if late else today)
    return round((calendar.moment(day, SESSION_HOUR) - now).total_seconds())


def _start_workspace(
    folder: Path, port: int, clock_file: Path, environment: Mapping[str, str]
) -> tuple["subprocess.Popen[str]", str]:
    reminders = f"{sys.executable} -m bot reminders --json"
    command = [sys.executable, "-m", "bot.rehearsal", "--port", str(port), "--state", str(folder / "workspace")]
    command += ["--clock-file", str(clock_file), "--reminders-command", reminders]
    command += ["--manifest", str(MANIFEST)]
    process = subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    if not url.startswith("http"):
        raise WorkspaceDidNotStartError
    return process, url


def _keep_running(workspace: "subprocess.Popen[str]", environment: Mapping[str, str]) -> None:
    """Keep the bot running beside the workspace: when it dies it is started again, and goes on where it was."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    bot: subprocess.Popen[bytes] | None = None
    try:
        while workspace.poll() is None:
            if bot is None or bot.poll() is not None:
                bot = subprocess.Popen([sys.executable, "-m", "bot", "serve"], env=dict(environment))
                print(f"The bot runs as process {bot.pid}.", flush=True)
            time.sleep(RESTART_SECONDS)
    except KeyboardInterrupt:
        print("The rehearsal is kept; `levers rehearse` goes on with it.", flush=True)
    finally:
        for process in (bot, workspace):
            if process is not None and process.poll() is None:
                process.terminate()
                try:
                    process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    process.kill()
