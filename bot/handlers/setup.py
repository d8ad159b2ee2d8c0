"""Connecting a channel, releasing a review, opening a session."""

from functools import partial
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from bot.handlers import home
from bot.handlers.requests import Click, Desk, Gesture, Submission
from bot.views import answers
from bot.views import setup as views
from planning.pace import Pace
from planning.people import Leadership, NoAdministratorError, NotAdministratorError, Role
from planning.session import Rules, SessionOpenError
from planning.verbs import connect as verbs
from planning.verbs import leave
from planning.verbs.start import at_channel, ready_review, start
from rubric.errors import LeversError

MEMBERS_PAGE = 1000
"""As many as Slack gives at once (its page on conversations.members): a submission waits for them."""


class NotInChannelError(LeversError):
    """Levers cannot be connected where it is not a member."""

    def __init__(self) -> None:
        super().__init__("Levers is not in this channel. Type /invite @Levers in the team's channel, then try again.")


def open_connect(asked: Gesture, channel: str, code: str = "") -> None:
    """Open the window that connects `channel`; `code` narrows its schools down. Raises NotAdministratorError."""
    with asked.desk.books.read() as ledger:
        if not ledger.people.is_administrator(asked.who):
            raise NotAdministratorError if ledger.people.administrators() else NoAdministratorError(asked.who)
    asked.load(answers.waiting(), lambda: _connect_window(asked.desk, asked.client, channel, code))


def _connect_window(desk: Desk, client: WebClient, channel: str, code: str) -> View:
    with desk.books.read() as ledger:
        schools, here = ledger.schools.all(), ledger.schools.of_channel(channel)
        if code:
            schools = [school for school in schools if school.code.casefold() == code.casefold()] or schools
        # The school that is connected stays among the hundred that a menu can show.
        schools = sorted(schools, key=lambda school: here is None or school.id != here.id)
        leadership = _leadership(ledger.people.with_role, here.id) if here else None
    info = _channel(client, channel)
    public = not info.get("is_private")
    shared = bool(info.get("is_ext_shared") or info.get("is_shared"))
    members = _members(desk, client, channel)
    chosen = here.id if here else None
    return views.connect(channel, schools, chosen, leadership, members, public=public, shared=shared)


def open_start(asked: Gesture, channel: str) -> None:
    """Open the window that starts a session in `channel`. Raises SessionOpenError, or what `start` raises."""
    with asked.desk.books.read() as ledger:
        school, _ = at_channel(ledger, channel, asked.who)
        running = ledger.sessions.open_at(school.id)
        if running is not None:
            raise SessionOpenError(running)
        review = ready_review(ledger, school.id).review
        reviews = ledger.reviews.released(school.id)
        planned = ledger.plans.live(school.id) is not None
    asked.open(views.start(channel, school.name, reviews, len(review.ratings), planned=planned))


def _open_connect(click: Click) -> None:
    open_connect(click, click.channel)


def _connect(sent: Submission) -> dict[str, Any] | None:
    channel = str(sent.about["channel"])
    leadership = Leadership(
        sent.person("principal"),
        sent.person("backup"),
        sent.people("coaches"),
        sent.people("district"),
        sent.people("reviewers"),
    )
    books, now = sent.desk.books, sent.desk.clock()
    members = sent.about.get("members") or _members(sent.desk, sent.client, channel)
    lost = verbs.connect(books, sent.who, channel, sent.chosen("school"), leadership, members, now)
    # Somebody may have come or gone while the window was open.
    sent.later(lambda: leave.reconcile(books, channel, _members(sent.desk, sent.client, channel), now))
    for person in lost:
        # What their Home tab shows is not theirs to see any more.
        sent.later(partial(home.refresh, sent.desk, sent.client, person))
    return None


def _release(click: Click) -> None:
    verbs.release(click.desk.books, click.who, click.value, click.desk.clock())


def _open_start(click: Click) -> None:
    open_start(click, click.channel)


def _start(sent: Submission) -> dict[str, Any] | None:
    rules = Rules(
        sent.number("shortlist"),
        sent.number("dots"),
        sent.number("cap"),
        sent.number("priorities"),
        bool(sent.many("everyone")),
        Pace(sent.chosen("pace")),
    )
    review, others = sent.chosen("review"), sent.people("cofacilitators")
    start(sent.desk.books, sent.who, str(sent.about["channel"]), rules, sent.desk.clock(), review, others)
    return None


def _channel(client: WebClient, channel: str) -> dict[str, Any]:
    try:
        info: dict[str, Any] = client.conversations_info(channel=channel)["channel"]
    except SlackApiError as error:
        if error.response["error"] in ("channel_not_found", "not_in_channel"):
            raise NotInChannelError from error
        raise
    if info.get("is_im") or info.get("is_mpim") or info.get("is_member") is False:
        raise NotInChannelError
    return info


def _members(desk: Desk, client: WebClient, channel: str) -> list[str]:
    found: list[str] = []
    for page in client.conversations_members(channel=channel, limit=MEMBERS_PAGE):
        found += page["members"]
    return [person for person in found if person != desk.bot_user]


def _leadership(with_role: Any, school: str) -> Leadership:
    def first(role: Role) -> str:
        return next(iter(with_role(school, role)), "")

    return Leadership(
        first(Role.PRINCIPAL),
        first(Role.BACKUP),
        with_role(school, Role.COACH),
        with_role(school, Role.DISTRICT),
        with_role(school, Role.REVIEWER),
    )


CLICKS = {"review.release": _release}
WINDOWS = {"channel.connect": _open_connect, "session.start": _open_start}
SUBMISSIONS = {"connect": _connect, "start": _start}
