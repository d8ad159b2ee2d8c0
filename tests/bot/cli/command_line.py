"""Typing `levers` commands in a test: in this process, on an SQLite file of the test's own."""

import contextlib
import io
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

from bot.cli.main import main


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    def json(self) -> list[dict[str, Any]]:
        """The flat JSON array on standard output."""
        found = json.loads(self.out)
        assert isinstance(found, list)
        return found


def levers(folder: Path, *arguments: str | Path, at: datetime | None = None) -> Answer:
    """Type `levers` and `arguments` at the moment `at`, else now; the database is a file in `folder`."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LEVERS_", "SLACK_"))}
    surroundings = {**clean, "LEVERS_DATABASE_URL": f"sqlite:///{folder / 'levers.db'}"}
    if at is not None:
        (folder / "clock").write_text(str((at - datetime.now(UTC)).total_seconds()), encoding="utf-8")
        surroundings["LEVERS_CLOCK_FILE"] = str(folder / "clock")
    with (
        mock.patch.dict(os.environ, surroundings, clear=True),
        mock.patch("sys.argv", ["levers", *map(str, arguments)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1 if stop.code else 0
    return Answer(code, out.getvalue(), err.getvalue())
