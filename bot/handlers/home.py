"""What a person sees of all their schools: the Home tab, and the same list as an answer to a command."""

from datetime import datetime

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.handlers import refused
from bot.handlers.mine import own_of
from bot.handlers.requests import Click, Desk
from bot.sentences import say
from bot.views.home import home
from bot.views.schools import listed as list_of
from planning.sift import Page, Part, Sift, listed, may_stall, page
from planning.verbs.rest import away
from storage.books import Ledger
from storage.standings import standings

FIRST = 3
"""How many of their own actions a leader's or reviewer's Home tab begins with."""


def schools(ledger: Ledger, who: str, sift: Sift, now: datetime) -> Page:
    """One page of the schools that `who` may see."""
    scope = ledger.people.scope(who)
    found = standings(ledger.view, scope, now)
    calendars = ledger.schools.calendars(may_stall(found, now))
    before = ledger.following.looked(who, now.date())
    return page(listed(found, scope, calendars, before, now), sift, scope.together)


def tab(desk: Desk, who: str, sift: Sift) -> View:
    """The Home tab of `who`, as it stands at one moment."""
    now = desk.clock()
    with desk.books.read() as ledger:
        shown = schools(ledger, who, sift, now)
        waiting = refused.waiting(ledger, who)
        leads = bool(waiting) or any(one.part is not Part.BELONGS for one in shown.shown)
        owns = not leads or ledger.plans.open_of(who)
        mine = own_of(ledger, who, now, FIRST if leads else None) if owns else ()
        return home(mine, shown, away(ledger, who, now), waiting)


def refresh(desk: Desk, client: WebClient, who: str, state: str = "", *, looking: bool = False) -> None:
    """Bring the Home tab up to date, with the list as `state` says; where that fails, opening it again does.

    With `looking` it is kept that they looked today, once there is something to look at.
    """
    try:
        client.views_publish(user_id=who, view=tab(desk, who, Sift.read(state)))
    except SlackApiError as error:
        structlog.get_logger("home").warning("not refreshed", error=str(error.response.get("error")))
        return
    if looking:
        with desk.books.write() as ledger:
            ledger.following.look(who, desk.clock().date())


def answer(desk: Desk, who: str, sift: Sift) -> list[Block]:
    """The list as an answer to the person alone."""
    with desk.books.read() as ledger:
        return [*refused.waiting(ledger, who), *list_of(schools(ledger, who, sift, desk.clock()))]


def turn(click: Click) -> None:
    """Another page or another filter: `value` is all that the list is to show from now on."""
    sift = Sift.read(click.value)
    if click.at_home:
        click.later(lambda: refresh(click.desk, click.client, click.who, str(sift)))
    else:
        click.replace(say("help.private"), answer(click.desk, click.who, sift))
