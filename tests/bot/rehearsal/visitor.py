"""A person at the practice workspace's page, without the page: for tests that drive Levers."""

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

Json = dict[str, Any]
PATIENCE = 30.0


class Visitor:
    """Acts as ``person`` (a user id) in the workspace at ``base_url`` (``http://127.0.0.1:PORT/``).

    Every gesture returns the workspace's answer: ``{"ok": True, ...}``, or ``{"ok": False, "error": ..., "sentence":
    ..., "errors": {block_id: sentence}}``.
    """

    def __init__(self, base_url: str, person: str = "UREVIEWER1") -> None:
        self.base_url = base_url.rstrip("/")
        self.person = person

    def as_person(self, person: str) -> "Visitor":
        """Somebody else in the same workspace."""
        return Visitor(self.base_url, person)

    def screen(self) -> Json:
        """All that this person sees."""
        seen: Json = self._get("/practice/screen")
        return seen

    def world(self) -> Json:
        """People, channels and the app."""
        known: Json = self._get("/practice/world")
        return known

    def log(self) -> list[Json]:
        """What went between the app and the workspace, newest first."""
        entries: list[Json] = self._get("/practice/log", limit=500)["entries"]
        return entries

    def messages(self, channel: str = "CPLAN1") -> list[Json]:
        """The messages this person sees in a conversation; ``"dm"`` is the app's direct message."""
        for found in self.screen()["conversations"]:
            if found["id"] == channel or (channel == "dm" and found["kind"] == "im"):
                messages: list[Json] = found["messages"]
                return messages
        raise AssertionError(f"{self.person} sees no conversation {channel}")

    def modal(self) -> Json | None:
        """The modal on top, if one is open."""
        stack = self.screen()["modals"]
        return stack[-1] if stack else None

    def home(self) -> Json | None:
        """The Home tab, if it was published."""
        home: Json | None = self.screen()["home"]
        return home

    def say(self, text: str, channel: str = "CPLAN1", thread_ts: str = "") -> Json:
        """Write a message, or an answer in a thread."""
        return self._do("say", channel=self._channel(channel), text=text, thread_ts=thread_ts)

    def join(self, channel: str) -> Json:
        """Come into a public channel."""
        return self._do("join", channel=channel)

    def leave(self, channel: str) -> Json:
        """Go from a channel."""
        return self._do("leave", channel=channel)

    def invite(self, person: str, channel: str) -> Json:
        """Bring somebody into a channel."""
        return self._do("invite", channel=channel, person=person)

    def cause(self, kind: str, **fields: Any) -> Json:
        """Make a fault; ``{"ok": True, "fault": {...}}``."""
        return self._send("POST", "/practice/faults", {"kind": kind, **fields})

    def undo(self, fault_id: str = "") -> Json:
        """Undo one fault, or all of them."""
        return self._send("DELETE", f"/practice/faults/{fault_id}".rstrip("/"))

    def faults(self) -> list[Json]:
        """The standing faults."""
        standing: list[Json] = self._get("/practice/faults")["faults"]
        return standing

    def command(self, text: str, channel: str = "CPLAN1") -> Json:
        """Type a slash command."""
        return self._do("command", channel=self._channel(channel), text=text)

    def click(self, action_id: str, selected: Any = None, channel: str = "CPLAN1", **where: Any) -> Json:
        """Press the newest element with this action_id in the open modal, or else in ``channel``.

        ``where`` may pin it down (``ts``, ``view_id``, ``home=True``, ``block_id``, ``value``), hold what else stands
        in the form (``values``), or press what an earlier version of the message had (``late=True`` with ``block_id``).
        """
        value = where.pop("value", None)
        if "block_id" in where:
            place = {"channel": self._channel(channel), **where}
        else:
            found = self.wait_for(lambda: self._find(action_id, value, channel, where), f"for {action_id} in {channel}")
            place = {**found, **where}
        return self._do("click", action_id=action_id, selected=selected, **place)

    def suggest(self, value: str, **place: Any) -> Json:
        """Type ``value`` into a menu that asks the app for options; the place is named as in ``click``."""
        return self._do("suggest", value=value, **place)

    def upload(self, name: str, content: bytes, **place: str) -> Json:
        """Give a file to a file input (``view_id``, ``block_id``, ``action_id``), as a browser sends it."""
        edge = "----visitor"
        parts = [(f'name="{key}"', value.encode()) for key, value in {"as": self.person, **place}.items()]
        parts.append((f'name="file"; filename="{name}"\r\ncontent-type: application/octet-stream', content))
        body = b"".join(
            f"--{edge}\r\ncontent-disposition: form-data; {head}\r\n\r\n".encode() + value + b"\r\n"
            for head, value in parts
        )
        headers = {"content-type": f"multipart/form-data; boundary={edge}"}
        request = Request(f"{self.base_url}/practice/upload", body + f"--{edge}--\r\n".encode(), headers)
        with urlopen(request, timeout=30) as answer:
            value: Json = json.load(answer)
            return value

    def download(self, address: str) -> bytes:
        """The bytes of a file in the workspace."""
        with urlopen(address, timeout=30) as answer:
            content: bytes = answer.read()
            return content

    def submit(self, values: Json | None = None, view_id: str | None = None) -> Json:
        """Send the modal on top. ``values`` maps block ids to {action_id: value}, or straight to the value."""
        modal = self.modal()
        assert modal is not None, f"{self.person} has no modal open"
        actions = {b["block_id"]: b["element"]["action_id"] for b in modal["blocks"] if b["type"] == "input"}
        full = {
            block: value if isinstance(value, dict) else {actions[block]: value}
            for block, value in (values or {}).items()
        }
        return self._do("submit", view_id=view_id or modal["id"], values=full)

    def close(self, everything: bool = False) -> Json:
        """Close the modal on top, or the whole stack."""
        modal = self.modal()
        assert modal is not None, f"{self.person} has no modal open"
        return self._do("close", view_id=modal["id"], all=everything)

    def shortcut(self, callback_id: str, ts: str, channel: str = "CPLAN1") -> Json:
        """Use a message shortcut."""
        return self._do("shortcut", channel=self._channel(channel), ts=ts, callback_id=callback_id)

    def open_home(self) -> Json:
        """Open the app's Home tab."""
        return self._do("open_home")

    def move_clock(self, to: str | float) -> Json:
        """Move the rehearsal's clock: "next morning", "next check-in", or seconds."""
        return self._do("clock", to=to)

    def let_others_act(self, channel: str | None = None) -> list[str]:
        """Let the colleagues (in ``channel``) act; what they did."""
        answer = self._do("others", channel=channel)
        assert answer["ok"], answer
        sentences: list[str] = answer["sentences"]
        return sentences

    def wait_for(self, what: Callable[[], Any], why: str = "") -> Any:
        """Ask until the answer is true, for half a minute at most; the answer."""
        until = time.monotonic() + PATIENCE
        while True:
            answer = what()
            if answer:
                return answer
            if time.monotonic() > until:
                raise AssertionError(
                    f"{self.person} waited in vain {why}: {json.dumps(self.screen(), indent=1)[:4000]}"
                )
            time.sleep(0.05)

    def wait_for_text(self, text: str, channel: str = "CPLAN1") -> Json:
        """Wait until a message in ``channel`` contains ``text`` (its preview line or its blocks); that message."""
        found: Json = self.wait_for(lambda: self.find_message(text, channel), f"for {text!r} in {channel}")
        return found

    def find_message(self, text: str, channel: str = "CPLAN1") -> Json | None:
        """The newest message that contains ``text``."""
        for message in reversed(self.messages(channel)):
            if text in message["text"] or text in json.dumps(message["blocks"], ensure_ascii=False):
                return message
        return None

    def wait_for_modal(self, callback_id: str | None = None) -> Json:
        """Wait until a modal (with this callback id) is on top; it."""

        def fits() -> Json | None:
            modal = self.modal()
            return modal if modal and callback_id in (None, modal["callback_id"]) else None

        found: Json = self.wait_for(fits, f"for a modal {callback_id or ''}")
        return found

    def _find(self, action_id: str, value: str | None, channel: str, where: Json) -> Json | None:
        modal = self.modal()
        if where.get("home"):
            home = self.home()
            block = self._block(home["blocks"] if home else [], action_id, value)
            return {"block_id": block} if block else None
        if modal and "ts" not in where and (block := self._block(modal["blocks"], action_id, value)):
            return {"view_id": modal["id"], "block_id": block}
        for message in reversed(self.messages(channel)):
            block = self._block(message["blocks"], action_id, value)
            if block and where.get("ts") in (None, message["ts"]):
                return {"channel": self._channel(channel), "ts": message["ts"], "block_id": block}
        return None

    @staticmethod
    def _block(blocks: list[Json], action_id: str, value: str | None) -> str | None:
        for block in blocks:
            for element in [*(block.get("elements") or []), block.get("accessory"), block.get("element")]:
                if not element or element.get("action_id") != action_id:
                    continue
                offered = [one.get("value") for one in element.get("options") or []]
                if value in (None, element.get("value"), *offered):
                    return str(block["block_id"])
        return None

    def _channel(self, channel: str) -> str:
        if channel != "dm":
            return channel
        return next(str(found["id"]) for found in self.screen()["conversations"] if found["kind"] == "im")

    def _get(self, path: str, **asked: Any) -> Any:
        with urlopen(f"{self.base_url}{path}?{urlencode({'as': self.person, **asked})}", timeout=30) as answer:
            return json.load(answer)

    def _do(self, gesture: str, **body: Any) -> Json:
        return self._send("POST", f"/practice/{gesture}", {"as": self.person, **body})

    def _send(self, method: str, path: str, body: Json | None = None) -> Json:
        content = json.dumps(body or {}).encode()
        headers = {"content-type": "application/json"}
        asked = Request(f"{self.base_url}{path}", content, headers, method=method)
        try:
            with urlopen(asked, timeout=180) as answer:
                value: Json = json.load(answer)
                return value
        except HTTPError as error:
            said = error.read().decode(errors="replace")
            if said.startswith("{"):
                refused: Json = json.loads(said)
                return refused
            return {"ok": False, "error": f"http_{error.code}", "sentence": said}
