"""The one clock that decides what is due: the system's, moved by the seconds in LEVERS_CLOCK_FILE."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]


def clock(file: Path | None) -> Clock:
    """A clock that reads `file` at each use; without a file, or with an unreadable one, it is the system's clock."""

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=_seconds_in(file))

    return now


def _seconds_in(file: Path | None) -> float:
    if file is None:
        return 0.0
    try:
        return float(file.read_text(encoding="utf-8").strip() or 0)
    except (OSError, ValueError):
        return 0.0
