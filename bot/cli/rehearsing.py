"""`levers rehearse`: the practice workspace and the bot, side by side, with fictional schools to plan for."""

import os
import shlex
import signal
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path
from types import FrameType
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.cli import rehearsal_folder
from bot.clock import clock
from bot.samples.bringing import FRESH, bring_in
from bot.samples.facts import read_sample
from planning.calendar import SchoolCalendar
from rubric.errors import LeversError
from storage.database import Database
from storage.migrate import migrate

SESSION_HOUR = wall_time(13, 0)
RESTART_SECONDS = 1.0
MANIFEST = Path(__file__).parents[1] / "manifest.yaml"
LEVERS = (sys.executable, "-m", "bot")
TETHERED = (sys.executable, "-m", "bot.cli.tethered")


class WorkspaceDidNotStartError(LeversError):
    """The practice workspace ended before it said where it is."""

    def __init__(self) -> None:
        super().__init__("The practice workspace did not start; its own words are above. Is the port in use?")


class WorkspaceEndedError(LeversError):
    """The practice workspace ended by itself."""

    def __init__(self) -> None:
        super().__init__("The practice workspace ended unexpectedly. `levers rehearse` goes on where it stood.")


def register(app: typer.Typer) -> None:
    """Add `rehearse`."""
    app.command()(rehearse)


def rehearse(
    folder: Annotated[Path, typer.Option(help="Where the rehearsal is kept.")] = Path(".rehearsal"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The page's port; 0 takes any free one.")] = 0,
    reset: Annotated[bool, typer.Option("--reset", help="Start anew.")] = False,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser, if there is one.")] = True,
    review: Annotated[
        Path | None, typer.Option(help="A review file of your own to bring in, as `import` does.")
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help="With --review: what the columns of a wide file mean.")] = None,
) -> None:
    """Rehearse a session on this computer: a practice workspace, the bot, and fictional schools. Nothing leaves it."""
    if mapping and not review:
        raise typer.BadParameter("--mapping says how to read a --review; give that too")
    _end_on_signals()
    held = rehearsal_folder.take(folder)
    if reset:
        rehearsal_folder.clear(folder)
    folder = folder.resolve()
    clock_file = folder / "clock"
    environment = {
        **os.environ,
        "LEVERS_DATABASE_URL": f"sqlite:///{folder / 'levers.db'}",
        "LEVERS_CLOCK_FILE": str(clock_file),
        "SLACK_BOT_TOKEN": "xoxb-rehearsal",
        "SLACK_APP_TOKEN": "xapp-rehearsal",
    }
    # It starts while the schools are brought in.
    piped = {"stdout": subprocess.PIPE, "pass_fds": held}
    with _running(_workspace(folder, port, clock_file), environment, **piped) as workspace:
        _prepare(folder, clock_file)
        if review:
            _import(review, mapping, environment)
        url = _address(workspace)
        environment["SLACK_API_URL"] = f"{url}api/"
        print(f"{url}\nThe practice workspace. Nothing leaves this computer. Ctrl-C ends it.", flush=True)
        if review:
            print("Your review is in. In #your-school, type /levers connect and the school's code.", flush=True)
        if browser and _has_screen():
            webbrowser.open(url)
        _keep_running(workspace, environment)


def _end_on_signals() -> None:
    """Let every signal that asks for an end do what Ctrl-C does, in the background of a script too."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    # One who ignores it was started with `nohup`, to outlive the terminal.
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, stop)


def _has_screen() -> bool:
    """Whether a browser would have a window to open in; on Linux without a display it would take over the terminal."""
    if os.environ.get("CI"):
        return False
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _prepare(folder: Path, clock_file: Path) -> None:
    """Bring in the fictional schools; a rehearsal that is there already stays as it is."""
    if not clock_file.exists():
        now = datetime.now(UTC)
        clock_file.write_text(str(until_session(now, read_sample(FRESH, now).calendar)), encoding="utf-8")
    database = Database(f"sqlite:///{folder / 'levers.db'}")
    migrate(database)
    bring_in(database, clock(clock_file)())
    database.close()


def until_session(now: datetime, calendar: SchoolCalendar) -> int:
    """The seconds to the half-day: none in school hours, else to the early afternoon of the next school day."""
    local = now.astimezone(ZoneInfo(calendar.zone))
    today = local.date()
    if calendar.closed_for(today) is None and wall_time(8, 0) <= local.time() < wall_time(14, 0):
        return 0
    late = local.time() >= wall_time(8, 0)
    day = calendar.school_day(today + timedelta(days=1) if late else today)
    return round((calendar.moment(day, SESSION_HOUR) - now).total_seconds())


def _import(review: Path, mapping: Path | None, environment: Mapping[str, str]) -> None:
    """Bring in a person's own review. It speaks on standard error: the page's address comes first on the other."""
    options = ("--mapping", str(mapping)) if mapping else ()
    done = subprocess.run([*LEVERS, "import", *options, "--", str(review)], env=dict(environment), stdout=sys.stderr)
    if done.returncode:
        raise typer.Exit(done.returncode)


def _workspace(folder: Path, port: int, clock_file: Path) -> list[str]:
    return [
        *("bot.rehearsal", "--port", str(port), "--state", str(folder / "workspace")),
        *("--clock-file", str(clock_file)),
        *("--reminders-command", shlex.join([*LEVERS, "reminders", "--json"])),
        *("--manifest", str(MANIFEST)),
        *("--import-command", shlex.join([*LEVERS, "import"])),
    ]


@contextmanager
def _running(module: Sequence[str], environment: Mapping[str, str], **more: Any) -> "Iterator[subprocess.Popen[str]]":
    """A process that runs `module` and ends with this one, however that ends; `more` is for `subprocess.Popen`."""
    process = subprocess.Popen([*TETHERED, *module], env=dict(environment), stdin=subprocess.PIPE, text=True, **more)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


def _address(workspace: "subprocess.Popen[str]") -> str:
    assert workspace.stdout is not None
    url = workspace.stdout.readline().strip()
    if not url.startswith("http"):
        raise WorkspaceDidNotStartError
    return url


def _keep_running(workspace: "subprocess.Popen[str]", environment: Mapping[str, str]) -> None:
    """Keep the bot running beside the workspace: when it dies it is started again, and goes on where it was."""
    try:
        while True:
            with _running(["bot", "serve"], environment) as bot:
                print(f"The bot runs as process {bot.pid}.", flush=True)
                while bot.poll() is None:
                    if workspace.poll() is not None:
                        raise WorkspaceEndedError
                    time.sleep(RESTART_SECONDS)
    except KeyboardInterrupt:
        print("The rehearsal is kept; `levers rehearse` goes on with it.", flush=True)
