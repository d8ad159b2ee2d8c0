"""`levers serve`: the bot itself, in Socket Mode or behind an address that Slack reaches over HTTP."""

import signal
import threading
from types import FrameType
from typing import Annotated

import structlog
import typer
import uvicorn
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.starlette import SlackRequestHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.cli.alone import alone
from bot.cli.surroundings import Surroundings, surroundings
from bot.logs import set_up_logs
from bot.wiring import CLIENT_TIMEOUT_SECONDS, Service, wired
from rubric.errors import LeversError


class MissingTokenError(LeversError):
    """`serve` needs a token that the environment does not hold."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not set. The README says where Slack shows it.")


class SlackRefusedError(LeversError):
    """Slack does not let the bot in."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}. `levers doctor` says which settings are there.")


def register(app: typer.Typer) -> None:
    """Add `serve`."""
    app.command()(serve)


def serve(
    port: Annotated[int, typer.Option(help="Where to listen for Slack's requests, when there is no app token.")] = 3000,
) -> None:
    """Run the bot: Socket Mode with SLACK_APP_TOKEN, else HTTP with SLACK_SIGNING_SECRET."""
    set_up_logs()
    here = surroundings()
    bot_token = _needed(here, "slack_bot_token")
    app_token, secret = here.settings.slack_app_token, here.settings.slack_signing_secret
    if app_token is None and secret is None:
        raise MissingTokenError("SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET)")
    client = WebClient(bot_token, base_url=here.settings.slack_api_url, timeout=CLIENT_TIMEOUT_SECONDS)
    signing = secret.get_secret_value() if secret and not app_token else None
    with alone(here.database):
        service = _service(here, client, signing)
        service.tick.start()
        try:
            if app_token:
                _socket_mode(service.app, app_token.get_secret_value())
            else:
                _http(service, port)
        finally:
            service.tick.stop()


def _service(here: Surroundings, client: WebClient, signing: str | None) -> Service:
    try:
        return wired(here.database, here.clock, client, here.settings.levers_time_zone, signing, here.settings.fonts)
    except SlackApiError as error:
        raise SlackRefusedError(f"Slack answers “{error.response['error']}” to the bot token") from error
    except OSError as error:
        raise SlackRefusedError(f"Slack cannot be reached at {client.base_url}") from error


def _socket_mode(app: App, app_token: str) -> None:
    over = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        over.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    handler = SocketModeHandler(app, app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    structlog.get_logger("serve").info("connected", mode="socket")
    over.wait()
    handler.close()  # type: ignore[no-untyped-call]


def _http(service: Service, port: int) -> None:
    slack = SlackRequestHandler(service.app)

    async def events(request: Request) -> Response:
        return await slack.handle(request)

    async def health(_request: Request) -> Response:
        trouble = service.tick.trouble()
        return PlainTextResponse(trouble or "ok", status_code=503 if trouble else 200)

    routes = [Route("/slack/events", events, methods=["POST"]), Route("/health", health)]
    uvicorn.run(Starlette(routes=routes), host="127.0.0.1", port=port, log_config=None)


def _needed(here: Surroundings, name: str) -> str:
    value = getattr(here.settings, name)
    if value is None:
        raise MissingTokenError(name.upper())
    return str(value.get_secret_value())
