"""A school's leader shares it with a reviewer of another workspace, sees whom they share with, and revokes it."""

from typing import Any

from slack_sdk.models.views import View

from bot.handlers.requests import Click, Desk, Submission
from bot.sentences import say
from bot.views import answers
from bot.views import share as views
from planning.grants import Grant
from planning.ledger import Ledger, SchoolHere
from planning.verbs import share
from planning.verbs.start import at_channel
from storage.tables.base import new_id


def window(desk: Desk, who: str, channel: str) -> View:
    """What the channel's school shares, else that of the only school that `who` knows, for its leader."""
    now = desk.clock()
    with desk.books.read() as ledger:
        school = _school(ledger, who, channel)
        calendar = ledger.schools.calendar(school.id)
        today = calendar.today(now)

        def ended(one: Grant) -> Any:
            if one.holds(today):
                return None
            return calendar.today(one.revoked_at) if one.revoked_at else one.until

        given = [(one, calendar.today(one.given_at), ended(one)) for one in share.given(ledger, who, school.id)]
    return views.window(school.id, school.name, given, new_id())


def _school(ledger: Ledger, who: str, channel: str) -> SchoolHere:
    known = ledger.schools.known_to(who)
    if ledger.schools.of_channel(channel) is None and len(known) == 1:
        return known[0]
    return at_channel(ledger, channel, who)[0]


def _share(sent: Submission) -> dict[str, Any] | None:
    grant = share.give(
        sent.desk.books,
        sent.who,
        str(sent.about["school"]),
        sent.text("code"),
        sent.text("called"),
        sent.date("until"),
        str(sent.about["request"]),
        sent.desk.clock(),
    )
    return {"response_action": "update", "view": answers.done(say("portfolio.share_done", called=grant.called))}


def _revoke(click: Click) -> None:
    """`value` is the grant."""
    grant = share.revoke(click.desk.books, click.who, click.value, click.desk.clock())
    click.update(answers.done(say("portfolio.share_revoked", called=grant.called)))


CLICKS = {"share.revoke": _revoke}
SUBMISSIONS = {"share": _share}
