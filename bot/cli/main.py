"""The `levers` command itself: it gathers the commands and turns errors into sentences and exit codes."""

import sys

import typer
from sqlalchemy.exc import DatabaseError

from bot.cli import (
    across,
    exporting,
    following,
    portfolio,
    rehearsing,
    reviews,
    rubrics,
    running,
    schools,
    serving,
    wording,
)
from rubric.errors import LeversError

app = typer.Typer(
    name="levers",
    help="Levers turns a school review into an action plan that gets done.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for noun in (rehearsing, reviews, schools, rubrics, following, across, portfolio, exporting, running, serving, wording):
    noun.register(app)


def main() -> None:
    """Run the command line; an error that a person can mend goes to standard error as a sentence, with exit code 1."""
    try:
        app()
    except LeversError as error:
        _end(str(error))
    except DatabaseError as error:
        _end(f"The database cannot be used: {str(error.orig).strip()}")


def _end(sentence: str) -> None:
    print(f"levers: {sentence}", file=sys.stderr)
    sys.exit(1)
