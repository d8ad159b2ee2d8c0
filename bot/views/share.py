"""What a school's leader shares with reviewers of other workspaces: to whom, until when, and how to end it."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.views.parts import button, confirm, context, date_input, divider, field, modal, section, text_input
from planning.grants import Grant

Given = tuple[Grant, date, date | None]
"""A grant, the local date it was given on, and the one it ended on (None while it holds)."""
MOST = 20
"""How many grants the window lists of each kind."""


def window(school_id: str, school: str, given: Sequence[Given], request: str) -> View:
    """The grants that hold, each to be revoked; a form for another; and those that are over."""
    blocks: list[Block] = [*section(say("portfolio.share_about", school=school))]
    holding = [(one, since) for one, since, ended in given if ended is None]
    if holding:
        blocks += section(say("portfolio.share_given"))
    for one, since in holding[:MOST]:
        line = say("portfolio.share_line", called=one.called, since=since, until=one.until, by=one.given_by)
        blocks += section(line, _revoke(one))
    over = [
        say("portfolio.share_over", called=one.called, since=since, ended=ended) for one, since, ended in given if ended
    ]
    if over:
        blocks += context("\n".join([say("portfolio.share_past"), *over[-MOST:]]))
    blocks += [
        divider(),
        field(
            "code", say_plain("portfolio.share_code"), text_input("code"), hint=say_plain("portfolio.share_code_hint")
        ),
        field(
            "called",
            say_plain("portfolio.share_called"),
            text_input("called"),
            hint=say_plain("portfolio.share_called_hint"),
        ),
        field(
            "until",
            say_plain("portfolio.share_until"),
            date_input("until"),
            hint=say_plain("portfolio.share_until_hint"),
            optional=True,
        ),
    ]
    about = {"school": school_id, "request": request}
    title, submit = say_plain("portfolio.share_title"), say_plain("portfolio.share_submit")
    return modal("share", title, blocks, submit=submit, about=about)


def _revoke(grant: Grant) -> ButtonElement:
    sure = confirm(
        say_plain("portfolio.share_revoke_sure"),
        say_plain("portfolio.share_revoke_text"),
        say_plain("portfolio.share_revoke_yes"),
        say_plain("portfolio.share_revoke_no"),
    )
    return button(say_plain("portfolio.share_revoke"), "share.revoke", grant.id, style="danger", confirm=sure)
