"""The only place where the rooms are put together: books, sender, tick and app for one Slack workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from slack_bolt import App
from slack_sdk import WebClient

from bot.app import build_app
from bot.clock import Clock
from bot.handlers.afterwards import Afterwards
from bot.handlers.requests import Desk
from bot.rounds import Rounds
from bot.sending.postman import CHANNEL_SECONDS, Postman
from bot.tick import Tick
from bot.zones import Zones
from planning.verbs.school_time import realign
from storage.books import WorkspaceBooks
from storage.claim import end_leases
from storage.database import Database
from storage.heartbeats import beat
from storage.workspaces import bind_workspace

CLIENT_TIMEOUT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Service:
    """A bot ready to run: what answers, at once and afterwards, what ticks, and the books behind them."""

    app: App
    afterwards: Afterwards
    tick: Tick
    books: WorkspaceBooks


def wired(
    database: Database,
    clock: Clock,
    client: WebClient,
    default_zone: str,
    signing_secret: str | None = None,
    fonts: Sequence[Path] = (),
    apart: float = CHANNEL_SECONDS,
) -> Service:
    """Ask Slack which workspace `client`'s token belongs to, bind ours to it, and put everything together.

    `default_zone` is for schools that name none; `signing_secret` where Slack reaches the app over HTTP;
    `fonts` are more fonts for documents; `apart` is how many seconds lie between two messages in one channel.
    Raises slack_sdk's SlackApiError for a token that Slack does not accept.
    """
    me = client.auth_test()
    slack_id = str(me["enterprise_id"] if me.get("is_enterprise_install") else me["team_id"])
    with database.write() as conn:
        workspace = bind_workspace(conn, slack_id, clock())
    books = WorkspaceBooks(database, workspace, default_zone)
    if database.embedded:
        with books.write() as ledger:
            end_leases(ledger.view)
    # The sender's client never retries by itself: after a dropped connection that would post twice.
    sending = WebClient(client.token, base_url=client.base_url, timeout=CLIENT_TIMEOUT_SECONDS, retry_handlers=[])
    postman = Postman(books, sending, clock, fonts, apart)

    zones = Zones(books, sending, clock)
    realign(books, clock())
    rounds = Rounds(books, sending, clock, str(me["user_id"]))

    def work() -> float | None:
        with database.write() as conn:
            beat(conn, "tick", datetime.now(UTC))
        rounds.make()
        try:
            # What a process left that died before it came to it; messages go on, should an errand fail.
            books.run_errands()
        finally:
            soonest = postman.run()
            zones.run()
        return soonest

    tick = Tick(work)
    books.wake = tick.wake
    desk = Desk(books, clock, str(me["user_id"]), zones.appeared)
    return Service(build_app(client, desk, signing_secret), desk.afterwards, tick, books)
