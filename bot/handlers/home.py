"""What a person sees of all their schools: the Home tab, and the same list as an answer to a command."""

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.handlers.mine import own
from bot.handlers.requests import Click, Desk
from bot.sentences import say
from bot.views.home import home
from bot.views.schools import listed as list_of
from planning.scope import Scope
from planning.sift import Page, Part, Sift, listed, may_stall, page
from storage.standings import standings

FIRST = 3
"""How many of their own actions a leader's or reviewer's Home tab begins with."""


def schools(desk: Desk, who: str, sift: Sift, *, looking: bool = False) -> Page:
    """One page of the schools that `who` may see. With `looking` it is kept that they looked today."""
    now = desk.clock()
    opened = desk.books.write() if looking else desk.books.read()
    with opened as ledger:
        scope: Scope = ledger.people.scope(who)
        found = standings(ledger.view, scope, now)
        calendars = ledger.schools.calendars(may_stall(found, now))
        before = ledger.following.looked(who, now.date(), keep=looking)
    return page(listed(found, scope, calendars, before, now), sift)


def tab(desk: Desk, who: str, sift: Sift, *, looking: bool = False) -> View:
    """The Home tab of `who`."""
    shown = schools(desk, who, sift, looking=looking)
    leads = any(one.part is not Part.BELONGS for one in shown.shown)
    with desk.books.read() as ledger:
        away = ledger.following.away_until(who)
        owns = bool(ledger.plans.open_of(who))
    mine = own(desk, who, first=FIRST if leads else None) if owns or not leads else ()
    return home(mine, shown, away)


def refresh(desk: Desk, client: WebClient, who: str, state: str = "", *, looking: bool = False) -> None:
    """Bring the Home tab up to date, with the list as `state` says; where that fails, opening it again does."""
    try:
        client.views_publish(user_id=who, view=tab(desk, who, Sift.read(state), looking=looking))
    except SlackApiError as error:
        structlog.get_logger("home").warning("not refreshed", error=str(error.response.get("error")))


def answer(desk: Desk, who: str, sift: Sift) -> list[Block]:
    """The list as an answer to the person alone."""
    return list_of(schools(desk, who, sift))


def turn(click: Click) -> None:
    """Another page or another filter: `value` is all that the list is to show from now on."""
    sift = Sift.read(click.value)
    if click.at_home:
        click.later(lambda: refresh(click.desk, click.client, click.who, str(sift)))
    else:
        click.replace(say("help.private"), answer(click.desk, click.who, sift))
