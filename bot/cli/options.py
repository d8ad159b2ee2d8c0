"""What several commands ask for in the same words, and how they print JSON."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import typer

Workspace = Annotated[str | None, typer.Option("--workspace", help="The workspace's id, where there are several.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one flat JSON array.")]


def a_date(said: str) -> date:
    """The date that somebody wrote behind an option."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise typer.BadParameter(f"“{said[:40]}” is no date; write it like 2026-11-25") from None


def print_json(rows: Sequence[dict[str, Any]]) -> None:
    """Print `rows` as one flat JSON array on standard output, one object a line."""
    body = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    print(f"[\n{body}\n]" if rows else "[]")
