"""A hand on the app: gestures go straight to Bolt, as Slack sends them, and a small Slack answers the calls."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from slack_bolt import App, BoltRequest, BoltResponse

ANSWER = {
    "ok": True,
    "view": {"id": "V1", "hash": "1"},
    "channel": {"id": "C1", "is_private": True, "is_member": True},
    "members": ["UPRINCIPAL", "UCOACH", "UREVIEWER", "UANA", "UBEN", "UCLEO", "UDAN"],
    "ts": "1.1",
    "team_id": "T1",
    "user_id": "ULEVERS",
    "bot_id": "BLEVERS",
}


class Slack:
    """Answers every call at once and keeps the last window that was shown. `url` is its Web API."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.windows: list[dict[str, Any]] = []


@contextmanager
def slack_that_always_answers() -> Iterator[Slack]:
    """A Slack on a port of its own that takes every call."""
    kept = Slack("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            if body.startswith("{"):
                sent = json.loads(body)
            else:
                sent = {name: values[0] for name, values in parse_qs(body).items()}
            if "view" in sent:
                window = sent["view"] if isinstance(sent["view"], dict) else json.loads(sent["view"])
                kept.windows.append(window)
            answer = json.dumps(ANSWER).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_address[1]}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield kept
    finally:
        server.shutdown()


def milliseconds(app: App, body: Mapping[str, Any]) -> tuple[float, BoltResponse]:
    """How long `app` takes to acknowledge what is sent, and with what."""
    request = BoltRequest(body=dict(body), mode="socket_mode")
    begun = time.perf_counter()
    response = app.dispatch(request)
    return (time.perf_counter() - begun) * 1000, response


def click(who: str, action: str, value: str = "", **more: Any) -> dict[str, Any]:
    """Somebody presses a button."""
    pressed = {"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": "1.1"}
    return {**_gesture(who), "type": "block_actions", "actions": [pressed], "channel": {"id": "CPLAN"}, **more}


def command(who: str, words: str) -> dict[str, Any]:
    """Somebody types a command in the team's channel."""
    typed = {"command": "/levers", "text": words, "channel_id": "CPLAN", "user_id": who, "team_id": "T1"}
    return {**typed, "trigger_id": "1.2.3", "response_url": "", "is_enterprise_install": "false"}


def submission(who: str, window: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody sends `window` with the state of its inputs; `fields` are elements' states, by the block's name."""
    values: dict[str, Any] = {}
    for block in window["blocks"]:
        if block["type"] == "input":
            name = block["block_id"].partition("/")[0]
            values[block["block_id"]] = {block["element"].get("action_id", "a"): fields.get(name, {})}
    view = {**window, "id": "V1", "hash": "1", "state": {"values": values}, "root_view_id": "V1"}
    view.setdefault("private_metadata", "")
    return {**_gesture(who), "type": "view_submission", "view": view}


def _gesture(who: str) -> dict[str, Any]:
    return {
        "user": {"id": who, "username": who.lower(), "name": who.lower(), "team_id": "T1"},
        "team": {"id": "T1", "domain": "practice"},
        "api_app_id": "A1",
        "token": "unused",
        "trigger_id": "1.2.3",
        "is_enterprise_install": False,
    }
