"""A clock file as the practice workspace keeps it: whoever reads it meanwhile finds the old moment or the new one."""

from datetime import UTC, datetime
from pathlib import Path


def set_clock(file: Path, moment: datetime) -> None:
    """Let whatever reads `file` believe that it is `moment`."""
    draft = file.with_suffix(".draft")
    draft.write_text(str((moment - datetime.now(UTC)).total_seconds()), encoding="utf-8")
    draft.replace(file)
