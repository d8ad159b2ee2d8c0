"""A reviewer's portfolio: its window with menus and pages, and the file of it in their direct messages."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.models.views import View

from bot.documents.portfolio_sheet import Sheet
from bot.handlers.requests import Click, Desk
from bot.sentences import say
from bot.views import answers
from bot.views import portfolio as views
from bot.views.portfolio import ALL, SIZE, Choice
from planning.portfolio import Asked, Order
from planning.sift import mark
from planning.verbs import share
from planning.verbs.portfolio_file import want


def window(desk: Desk, asked: Asked) -> View:
    """The page that is `asked` for, of the network that a menu's value stands for."""
    now, code = desk.clock(), share.code_of(desk.books, asked.person)
    with desk.books.read() as ledger:
        networks = ledger.portfolios.networks(asked.person, now.date())
        asked = replace(asked, network=_named(networks, asked.network), size=SIZE)
        page = ledger.portfolios.page(asked, now)
    return views.window(page, Choice(asked, networks, code), now)


def _named(networks: Sequence[str], chosen: str | None) -> str | None:
    return next((name for name in networks if mark(name) == chosen), None)


def _open(click: Click) -> None:
    click.load(answers.waiting(), lambda: window(click.desk, Asked(click.who)))


def _choose(click: Click) -> None:
    click.update(window(click.desk, _asked(click)))


def _turn(click: Click) -> None:
    """`value` is how many schools stand before the page."""
    click.update(window(click.desk, _asked(click, int(click.value))))


def _file(click: Click) -> None:
    """`value` is the kind of file. Pressed twice in one window, one file comes."""
    asked, now = _asked(click), click.desk.clock()
    with click.desk.books.read() as ledger:
        asked = replace(asked, network=_named(ledger.portfolios.networks(click.who, now.date()), asked.network))
    want(click.desk.books, asked, Sheet(click.value).value, str(click.body["view"]["id"]), now)
    click.open(answers.done(say("portfolio.file_wanted")))


def _asked(click: Click, first: int = 0) -> Asked:
    order, network = click.chosen("portfolio.order"), click.chosen("portfolio.network")
    return Asked(click.who, Order(order) if order else Order.OVERDUE, None if network in ("", ALL) else network, first)


CLICKS = {"portfolio.xlsx": _file, "portfolio.csv": _file}
WINDOWS = {
    "portfolio.open": _open,
    "portfolio.order": _choose,
    "portfolio.network": _choose,
    "portfolio.earlier": _turn,
    "portfolio.later": _turn,
}
