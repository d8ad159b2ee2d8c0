"""Levers of change over the schools that somebody leads or reviews, in a window whose menus change the choice."""

from slack_sdk.models.views import View

from bot.handlers.requests import Click, Desk
from bot.views import across as views
from bot.views import answers
from bot.views.across import ALL, EVERYTHING, Choice
from planning.across import across, school_year
from planning.sift import mark
from storage.across import chosen, networks, visits
from storage.rubrics import known_rubrics


def window(desk: Desk, who: str, choice: Choice = EVERYTHING) -> View:
    """What moves over the schools that are `who`'s to look across; for anybody else there is none."""
    with desk.books.read() as ledger:
        view, scope = ledger.view, ledger.people.scope(who).across()
        named = networks(view, scope)
        network = next((name for name in named if mark(name) == choice.network), None)
        everything = visits(view, scope)
        asked = everything if network is None else visits(view, scope, network)
        picked = chosen(view, scope, network)
        rubrics = known_rubrics(view.conn, view.workspace)
    years = sorted({school_year(one.date) for one in everything})
    found = across(asked, picked, rubrics, [choice.year] if choice.year else [])
    return views.window(found, rubrics, named, years, choice)


def _open(click: Click) -> None:
    click.load(answers.waiting(), lambda: window(click.desk, click.who))


def _choose(click: Click) -> None:
    def option(name: str) -> str | None:
        value = click.chosen(f"across.{name}")
        return None if value in ("", ALL) else value

    year = option("year")
    choice = Choice(option("network"), int(year) if year else None, option("rubric"))
    click.update(window(click.desk, click.who, choice))


WINDOWS = {"across.open": _open, "across.network": _choose, "across.year": _choose, "across.rubric": _choose}
