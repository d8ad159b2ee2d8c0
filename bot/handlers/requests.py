"""What Slack sends in, decoded into plain values with the ways to answer them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import cached_property
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.clock import Clock
from bot.handlers.afterwards import Afterwards
from bot.sentences import escape_but_mentions, say, unescape
from bot.views import answers
from planning.messages import Kind
from planning.session import Session
from rubric.errors import LeversError
from storage.books import WorkspaceBooks


@dataclass(frozen=True, slots=True)
class Desk:
    """Where handlers work: the books of the workspace, the clock, the bot's own id, and who is told who appeared.

    What calls Slack waits in `afterwards` until a gesture is acknowledged.
    """

    books: WorkspaceBooks
    clock: Clock
    bot_user: str
    appeared: Callable[[str], None] = lambda _person: None
    afterwards: Afterwards = field(default_factory=Afterwards)

    def answering(self, later: Callable[[Callable[[], None]], None]) -> "Desk":
        """The same desk for one gesture, where what a change leaves to be done is given to `later`."""
        return replace(self, books=replace(self.books, after=later))


@dataclass(frozen=True)
class Gesture:
    """Something that a person did. Slack waits three seconds for an acknowledgement: calls to it come afterwards."""

    desk: Desk
    body: dict[str, Any]
    client: WebClient
    calls: list[Callable[[], object]] = field(default_factory=list, kw_only=True)

    @property
    def who(self) -> str:
        """Who did it."""
        return str(self.body["user"]["id"])

    def later(self, call: Callable[[], object]) -> None:
        """Make `call` once the gesture is acknowledged, after those asked for before."""
        self.calls.append(call)

    def open(self, view: View) -> None:
        """Show a window."""
        self.later(lambda: self.client.views_open(trigger_id=self.body["trigger_id"], view=view))

    def tell(self, sentence: str) -> None:
        """Refuse, to the person alone."""
        self.open(answers.told(sentence))

    def bring_up_to_date(self, window: str, view: View, **seen: str) -> None:
        """Change the window with that id at once, unless it is closed by now or has changed since it was `seen`."""
        try:
            self.client.views_update(view_id=window, view=view, **seen)
        except SlackApiError as error:
            if error.response["error"] not in ("hash_conflict", "not_found"):
                raise

    def refresh_beneath(self, window: Callable[[], View]) -> None:
        """Bring the window that lies beneath the one at hand up to date, where there is one."""
        beneath = self.body["view"].get("previous_view_id")
        if beneath:
            self.later(lambda: self.bring_up_to_date(beneath, window()))

    def load(self, waiting: View, window: Callable[[], View]) -> None:
        """Show `waiting` at once, since a trigger lives three seconds, and then what `window` makes.

        A LeversError that `window` raises is shown in its place.
        """

        def show() -> None:
            opened: Any = self.client.views_open(trigger_id=self.body["trigger_id"], view=waiting)
            try:
                view = window()
            except LeversError as error:
                view = answers.told(sentence_for(self.desk, error))
            self.bring_up_to_date(opened["view"]["id"], view)

        self.later(show)


@dataclass(frozen=True)
class Click(Gesture):
    """A button or menu that a person pressed, on a message, in a window or on the Home tab."""

    respond: Callable[..., Any]

    @property
    def channel(self) -> str:
        """Where the message stands; empty in a window or on the Home tab."""
        return str(self.body.get("channel", {}).get("id", ""))

    @property
    def value(self) -> str:
        """What the button or the chosen option carries."""
        action = self.body["actions"][0]
        return str(action.get("selected_option", {}).get("value") or action.get("value") or "")

    def chosen(self, name: str) -> str:
        """The value of the option chosen in the window's menu `name`; empty where none is."""
        values: dict[str, dict[str, Any]] = self.body["view"]["state"]["values"]
        menu: dict[str, Any] = next((found[name] for found in values.values() if name in found), {})
        return str((menu.get("selected_option") or {}).get("value") or "")

    @property
    def at(self) -> tuple[str, int]:
        """The session and step of a card's button."""
        session, _, step = self.value.partition("/")
        return session, int(step or 0)

    def open(self, view: View) -> None:
        """Show a window; over the one that is open, where the button stands in one."""
        if self.in_window:
            self.later(lambda: self.client.views_push(trigger_id=self.body["trigger_id"], view=view))
        else:
            super().open(view)

    def show(self, view: View) -> None:
        """Show a window, in the place of the one that the button stands in: the way pages turn."""
        if self.in_window:
            self.update(view)
        else:
            self.open(view)

    def update(self, view: View, *, latest_wins: bool = False) -> None:
        """Bring the window that the button stands in up to date, unless it has changed since or is closed by now."""
        window = self.body["view"]
        seen = {} if latest_wins else {"hash": window["hash"]}
        self.later(lambda: self.bring_up_to_date(window["id"], view, **seen))

    @property
    def in_window(self) -> bool:
        """Whether it stands in a modal window."""
        return bool(self.body.get("view", {}).get("type") == "modal")

    @property
    def at_home(self) -> bool:
        """Whether it stands on the Home tab."""
        return bool(self.body.get("view", {}).get("type") == "home")

    @property
    def on_private_answer(self) -> bool:
        """Whether it stands on an answer that only its reader sees: such a message cannot be brought up to date."""
        return bool(self.body.get("container", {}).get("is_ephemeral"))

    def tell(self, sentence: str) -> None:
        """Refuse, to the person alone."""
        if self.body.get("response_url"):
            self.later(lambda: self.respond(text=sentence, response_type="ephemeral", replace_original=False))
        else:
            super().tell(sentence)

    def replace(self, text: str, blocks: list[Block]) -> None:
        """Put something else in the place of the private answer that the button stands on."""
        shown = [block.to_dict() for block in blocks]
        self.later(lambda: self.respond(text=text, blocks=shown, replace_original=True))


@dataclass(frozen=True)
class Submission(Gesture):
    """A window that a person sent; `answer` is what Slack gets back: nothing closes the window."""

    @cached_property
    def about(self) -> dict[str, Any]:
        """The ids that the window was opened with."""
        found: dict[str, Any] = json.loads(self.body["view"]["private_metadata"] or "{}")
        return found

    def text(self, name: str) -> str:
        """What was typed in the field `name`; empty where nothing was."""
        return str(self._state(name).get("value") or "")

    def number(self, name: str) -> int:
        """The whole number typed in the field `name`; 0 where nothing was."""
        return int(self.text(name) or 0)

    def chosen(self, name: str) -> str:
        """The value of the option chosen in the field `name`; empty where none is."""
        return str((self._state(name).get("selected_option") or {}).get("value") or "")

    def many(self, name: str) -> tuple[str, ...]:
        """The values of the options chosen in the field `name`, in the order they were chosen."""
        return tuple(str(option["value"]) for option in self._state(name).get("selected_options") or ())

    def person(self, name: str) -> str:
        """The person chosen in the field `name`; empty where none is."""
        return str(self._state(name).get("selected_user") or "")

    def people(self, name: str) -> tuple[str, ...]:
        """The people chosen in the field `name`."""
        return tuple(self._state(name).get("selected_users") or ())

    def date(self, name: str) -> date | None:
        """The local date chosen in the field `name`, or None."""
        chosen = self._state(name).get("selected_date")
        return date.fromisoformat(chosen) if chosen else None

    def time(self, name: str) -> time | None:
        """The wall time chosen in the field `name`, or None."""
        chosen = self._state(name).get("selected_time")
        return time.fromisoformat(chosen) if chosen else None

    @property
    def typed(self) -> bool:
        """Whether anything stands in an input that people type in."""
        values: dict[str, dict[str, dict[str, Any]]] = self.body["view"]["state"]["values"]
        return any(found.get("value") for there in values.values() for found in there.values())

    def fields(self) -> tuple[str, ...]:
        """The names of the window's inputs."""
        return tuple(block["block_id"] for block in self.body["view"]["blocks"] if block["type"] == "input")

    def _state(self, name: str) -> dict[str, Any]:
        values: dict[str, dict[str, dict[str, Any]]] = self.body["view"]["state"]["values"]
        # An input that was filled in anew carries more after its name.
        elements = next((found for block, found in values.items() if block.partition("/")[0] == name), {})
        return next(iter(elements.values()), {})


@dataclass(frozen=True)
class Command(Gesture):
    """A `/levers` command; what is returned is shown to its person alone."""

    respond: Callable[..., Any]

    @property
    def who(self) -> str:
        """Who typed it."""
        return str(self.body["user_id"])

    @property
    def channel(self) -> str:
        """Where it was typed."""
        return str(self.body["channel_id"])

    @property
    def words(self) -> list[str]:
        """What was typed after `/levers`."""
        return unescape(str(self.body.get("text") or "")).split()

    @property
    def word(self) -> str:
        """What is asked for: the first of the words in small letters, or `help`."""
        return self.words[0].lower() if self.words else "help"

    def tell(self, sentence: str) -> None:
        """Refuse, to the person alone."""
        self.later(lambda: self.respond(text=sentence, response_type="ephemeral"))


def sentence_for(desk: Desk, error: LeversError) -> str:
    """An error as mrkdwn for the person who caused it; where the session has moved on, with a link to its card."""
    session = getattr(error, "session", None)
    if isinstance(session, Session):
        with desk.books.read() as ledger:
            card = ledger.deliveries.find(Kind.CARD, session.channel, session.card)
        return say("help.moved_on", sentence=escape_but_mentions(str(error)), link=card.link if card else "")
    return escape_but_mentions(str(error))
