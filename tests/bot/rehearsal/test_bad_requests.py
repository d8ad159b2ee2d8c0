"""Whatever is sent to the workspace, it answers as Slack would and goes on; a traceback never shows."""

import http.client
import json
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient

from bot.rehearsal.bodies import json_object, multipart_fields
from bot.rehearsal.wire import Refusal
from tests.bot.rehearsal.blocks import words
from tests.bot.rehearsal.test_faults import answer_to
from tests.bot.rehearsal.visitor import Visitor

JSON = {"content-type": "application/json", "authorization": "Bearer xoxb-rehearsal"}
DEEP = b'{"blocks":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def sent(address: str, path: str, content: Any, headers: dict[str, str], method: str = "POST") -> tuple[int, str]:
    """The status and the text of the answer to a bare request; chunked where ``content`` is an iterator."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=20)
    try:
        connection.request(method, path, content, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("content", "kind", "error"),
    [
        (b'{"text": NaN}', "application/json", "invalid_json"),
        (b'{"text": 1e999}', "application/json", "invalid_json"),
        (b'{"text": "\\ud800"}', "application/json", "invalid_json"),
        (b'{"text": "\xff"}', "application/json", "invalid_json"),
        (DEEP, "application/json", "invalid_json"),
        (b"a=1&" * 2000, "application/x-www-form-urlencoded", "invalid_form_data"),
        (b"blocks=[[[", "application/x-www-form-urlencoded", "invalid_blocks_format"),
        (b"--x", "multipart/form-data; boundary=y", "invalid_form_data"),
        (b"--x", "multipart/form-data", "invalid_form_data"),
        (b"x", "", "missing_post_type"),
    ],
)
def test_a_body_that_cannot_be_read_is_named_as_slack_names_it(
    address: str, content: bytes, kind: str, error: str
) -> None:
    status, text = sent(address, "/api/chat.postMessage", content, {**JSON, "content-type": kind})
    assert (status, json.loads(text)["error"]) == (200, error)


def test_a_huge_body_is_refused_though_nobody_said_how_long_it_is(address: str, visitor: Visitor) -> None:
    def endless() -> Any:
        for _ in range(40):
            yield b" " * 100_000

    status, text = sent(address, "/api/auth.test", endless(), JSON)
    assert (status, json.loads(text)["error"]) == (200, "request_too_large")
    assert json.loads(sent(address, "/practice/say", endless(), JSON)[1])["error"] == "request_too_large"
    assert visitor.say("Still here", "CTEAM")["ok"]


def test_a_multipart_form_is_read_as_any_other(address: str, visitor: Visitor) -> None:
    part = '--line\r\ncontent-disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    body = "".join(part.format(name, value) for name, value in {"channel": "CTEAM", "text": "été"}.items())
    headers = {**JSON, "content-type": "multipart/form-data; boundary=line"}
    assert json.loads(sent(address, "/api/chat.postMessage", (body + "--line--\r\n").encode(), headers)[1])["ok"]
    assert visitor.find_message("été", "CTEAM")


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations.history", {"channel": "CTEAM", "limit": "many"}, "invalid_limit"),
        ("conversations.history", {"channel": "CTEAM", "cursor": "next:²"}, "invalid_cursor"),
        ("conversations.history", {"channel": "CTEAM", "oldest": "then"}, "invalid_ts_oldest"),
        ("conversations.history", {"channel": ["CTEAM"]}, "channel_not_found"),
        ("conversations.open", {"users": {"UONE": 1}}, "user_not_found"),
        ("users.info", {"user": 7}, "user_not_found"),
        ("chat.postMessage", {"channel": "CTEAM", "text": {"a": 1}}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "CTEAM", "text": "x", "blocks": {"a": 1}}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": "CTEAM", "text": "x", "metadata": [1]}, "invalid_metadata_format"),
        ("views.open", {"trigger_id": "1", "view": [1]}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": [1]}, "file_not_found"),
        ("files.getUploadURLExternal", {"filename": "a", "length": "²"}, "invalid_arguments"),
        ("../practice/world", {}, "unknown_method"),
    ],
)
def test_arguments_of_the_wrong_kind_are_refused(
    address: str, method: str, arguments: dict[str, Any], error: str
) -> None:
    path = f"/api/{method.replace('/', '%2f')}"
    status, text = sent(address, path, json.dumps(arguments).encode(), JSON)
    assert (status in (200, 404)) and (status == 404 or json.loads(text)["error"] == error)


def test_half_a_request_and_noise_do_no_harm(address: str, visitor: Visitor) -> None:
    parts = urlsplit(address)
    for noise in (b"\x16\x03\x01\x02\x00", b"GET / HTTP/9.9\r\n\r\n", b"POST /api/auth.test HTTP/1.1\r\nhost: x\r\n"):
        with socket.create_connection((str(parts.hostname), parts.port or 0), timeout=5) as line:
            line.sendall(noise)
    assert visitor.say("Still here", "CTEAM")["ok"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/response/none", 404), ("/upload/none", 400), ("/files/none", 404), ("/practice/screen?as=UNOBODY", 404)],
)
def test_addresses_that_nobody_handed_out_lead_nowhere(address: str, path: str, status: int) -> None:
    method = "GET" if path.startswith(("/files", "/practice")) else "POST"
    assert sent(address, path, b"{}", JSON, method)[0] == status


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"host": "evil.example"}])
@pytest.mark.parametrize("path", ["/api/auth.test", "/practice/faults", "/practice/say", "/upload/x", "/response/x"])
def test_no_other_hosts_page_reaches_any_address(address: str, path: str, headers: dict[str, str]) -> None:
    assert sent(address, path, b"{}", {**JSON, **headers})[0] == 403


def test_it_listens_on_this_computer_alone(address: str) -> None:
    port = urlsplit(address).port or 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        own = probe.getsockname()[0]
    if own.startswith("127."):
        pytest.skip("this computer has no other address")
    with pytest.raises(OSError):
        socket.create_connection((own, port), timeout=2).close()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary(max_size=200) | st.text(max_size=60).map(lambda t: json.dumps({"view": t}).encode()))
def test_any_bytes_at_all_are_read_or_refused(content: bytes) -> None:
    for read in (json_object, lambda given: multipart_fields("multipart/form-data; boundary=x", given)):
        try:
            assert isinstance(read(content), dict)
        except Refusal as refusal:
            assert refusal.code in ("invalid_json", "json_not_object", "invalid_form_data")


def test_text_must_stand_beside_blocks_everywhere(client: WebClient) -> None:
    blocks = [words("Only here")]
    ts = client.chat_postMessage(channel="CTEAM", text="Whole", blocks=blocks)["ts"]
    for call, named in (
        (client.chat_postMessage, {"channel": "CTEAM"}),
        (client.chat_postEphemeral, {"channel": "CTEAM", "user": "UREV"}),
        (client.chat_update, {"channel": "CTEAM", "ts": ts}),
    ):
        answer = answer_to(call, blocks=blocks, **named)
        assert answer["error"] == "no_text"
        assert "json-pointer:/text" in answer["response_metadata"]["messages"][0]
