"""Slack's own libraries, as published, work here: the asynchronous client, Bolt's asynchronous app, and its sockets."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import pytest
import websockets
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.bot.rehearsal.blocks import actions, button, field, line, modal, words
from tests.bot.rehearsal.visitor import Visitor


def async_client(address: str) -> AsyncWebClient:
    """The official asynchronous client."""
    return AsyncWebClient("xoxb-rehearsal", base_url=f"{address}api/")


def test_the_asynchronous_client_posts_pages_and_is_refused_like_the_other(address: str) -> None:
    async def work() -> list[str]:
        client = async_client(address)
        for number in range(3):
            await client.chat_postMessage(channel="CTEAM", text=str(number), blocks=[words("été <&>")])
        with pytest.raises(SlackApiError, match="not_in_channel"):
            await client.chat_postMessage(channel="CHALL", text="x")
        said: list[str] = []
        async for page in await client.conversations_history(channel="CTEAM", limit=2):
            said += [message["text"] for message in page["messages"]]
        return said

    assert asyncio.run(work()) == ["2", "1", "0"]


def test_the_asynchronous_client_uploads_a_file(address: str, visitor: Visitor) -> None:
    async def work() -> None:
        await async_client(address).files_upload_v2(
            channel="CTEAM", filename="plan.txt", content="The plan", initial_comment="Here"
        )

    asyncio.run(work())
    assert visitor.wait_for_text("Here", "CTEAM")["files"][0]["name"] == "plan.txt"


def test_a_client_that_heeds_retry_after_gets_through(address: str, visitor: Visitor) -> None:
    visitor.cause("rate_limited", method="chat.postMessage", seconds=1)

    async def work() -> Any:
        client = async_client(address)
        client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
        return await client.chat_postMessage(channel="CTEAM", text="Patient")

    assert asyncio.run(work())["ok"]
    assert [message["text"] for message in visitor.messages("CTEAM")] == ["Patient"]


def test_an_asynchronous_app_answers_over_its_socket(address: str, visitor: Visitor) -> None:
    app = AsyncApp(client=async_client(address))

    @app.command("/levers")
    async def start(ack: Any, command: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=modal(field("what", line())))

    @app.view("form")
    async def form(ack: Any, view: dict[str, Any], client: Any) -> None:
        await ack()
        what = view["state"]["values"]["what"]["text"]["value"]
        await client.chat_postMessage(channel="CTEAM", text=what, blocks=[actions(button("go"))])

    @app.action("go")
    async def go(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Pressed", replace_original=True)

    def play() -> None:
        visitor.wait_for(lambda: visitor.screen()["connected"])
        assert visitor.command("/levers", "CTEAM")["ok"]
        visitor.wait_for_modal("form")
        assert visitor.submit({"what": "Read aloud"})["ok"]
        visitor.wait_for_text("Read aloud", "CTEAM")
        assert visitor.click("go", channel="CTEAM")["ok"]
        visitor.wait_for_text("Pressed", "CTEAM")

    async def work() -> None:
        handler = AsyncSocketModeHandler(app, "xapp-rehearsal")
        await handler.connect_async()
        try:
            await asyncio.to_thread(play)
        finally:
            await handler.close_async()

    asyncio.run(work())


def test_a_socket_says_hello_answers_a_ping_and_its_address_works_once(client: WebClient) -> None:
    address = str(client.apps_connections_open(app_token="xapp-rehearsal")["url"])

    async def work() -> str:
        async with websockets.connect(address) as socket:
            hello = str(await socket.recv())
            await asyncio.wait_for(await socket.ping(), 5)
            # What is no acknowledgement is passed over.
            for nonsense in ("{", "[]", '{"envelope_id": "none"}', "NaN"):
                await socket.send(nonsense)
            await asyncio.wait_for(await socket.ping(), 5)
        with pytest.raises(websockets.InvalidStatus):
            async with websockets.connect(address):
                pass
        return hello

    assert '"type":"hello"' in asyncio.run(work()).replace(" ", "")


@pytest.mark.parametrize(
    ("host", "origin"),
    [("127.0.0.1", "https://evil.example"), ("127.0.0.1", "null"), ("evil.example", None)],
)
def test_a_socket_is_not_opened_to_other_hosts_pages(client: WebClient, host: str, origin: str | None) -> None:
    address = urlsplit(str(client.apps_connections_open(app_token="xapp-rehearsal")["url"]))
    named = address._replace(netloc=f"{host}:{address.port}").geturl()
    headers = {"Origin": origin} if origin else {}

    async def work() -> None:
        async with websockets.connect(
            named, host="127.0.0.1", port=address.port, additional_headers=headers, proxy=None
        ):
            pass

    with pytest.raises(websockets.InvalidStatus) as refused:
        asyncio.run(work())
    assert refused.value.response.status_code == 403
