"""What a person does: says something, types a command, presses a button, sends a modal; and what comes of it."""

from typing import Any

from bot.rehearsal import payloads, values
from bot.rehearsal.answers import Answers, failed, refused
from bot.rehearsal.checker import check_suggested
from bot.rehearsal.delivery import Delivery, NotConnected, Rejected, Unanswered
from bot.rehearsal.form import missing_or_wrong
from bot.rehearsal.records import Conversation, OpenView, Posted
from bot.rehearsal.suggestions import EXTERNAL, LEAST_TYPED, Suggestions, place_of
from bot.rehearsal.telling import tell
from bot.rehearsal.triggers import ResponseUrls, Triggers
from bot.rehearsal.wire import Json, Refusal
from bot.rehearsal.workspace import Workspace
from bot.rehearsal.world import Person
from bot.rehearsal.written import command_text, escaped


class Gestures:
    """Everything a person can do. Each answer is ``{"ok": true, ...}`` or ``{"ok": false, "error", "sentence"}``."""

    def __init__(self, workspace: Workspace, delivery: Delivery, triggers: Triggers, urls: ResponseUrls) -> None:
        self._workspace = workspace
        self._answers = Answers(workspace)
        self._delivery = delivery
        self._triggers = triggers
        self._urls = urls
        self._suggestions = Suggestions()

    async def say(self, who: str, channel: str, text: str, thread_ts: str = "") -> Json:
        """A message in a channel or in the app's direct message, or in a thread there."""
        person, where = self._place(who, channel)
        if self._workspace.is_archived(where):
            raise Refusal("is_archived")
        body: Json = {"user": person.id, "text": escaped(text, self._workspace.world)}
        if thread_ts:
            if where.find(thread_ts) is None:
                raise Refusal("thread_not_found")
            body["thread_ts"] = thread_ts
        posted = self._workspace.write(where, body)
        app = self._workspace.world.app
        if app.bot_user in where.members:
            kind = {"im": "message.im", "private": "message.groups", "public": "message.channels"}[where.kind]
            self._tell(kind, payloads.message_event(where, posted))
            if f"<@{app.bot_user}>" in text and where.kind != "im":
                self._tell("app_mention", payloads.mention_event(where, posted))
        return {"ok": True, "ts": posted.ts}

    async def command(self, who: str, channel: str, text: str) -> Json:
        """A slash command, typed whole."""
        person, where = self._place(who, channel)
        word, _, rest = text.strip().partition(" ")
        known = {command["command"]: command for command in self._workspace.world.app.commands}
        if word not in known:
            return failed("unknown_command", f"{word} is not a command of any app here.")
        trigger = self._triggers.issue(person.id)
        answer_at = self._urls.issue(where.id, person.id)
        world = self._workspace.world
        typed = command_text(rest.strip(), world, known[word])
        payload = payloads.slash_command(world, person, where, word, typed, trigger, answer_at)
        answer = await self._ask("slash_commands", payload)
        if isinstance(answer, Failure):
            return answer.outcome
        return self._answers.say(where, person.id, answer) if answer else {"ok": True}

    async def click(self, who: str, request: Json) -> Json:
        """A press of a button or a choice in a menu.

        ``request`` says where (``channel`` and ``ts``, ``view_id``, or ``home``), which (``block_id``, ``action_id``)
        and what was chosen (``selected``). ``values`` holds what else stands in the form; ``late`` allows an element
        that only an earlier version of the message had.
        """
        person = self._workspace.person(who)
        place = self._acted_in(person, request)
        if place is None:
            return failed("not_there")
        blocks, typed, part = place
        blocks = self._suggestions.among(place_of(person.id, request), blocks)
        found = values.find(blocks, str(request.get("block_id")), str(request.get("action_id")))
        if found is None:
            return failed("not_there")
        block, element = found
        try:
            values.type_in(blocks, typed, request.get("values") or {})
            action = _action(element, block["block_id"], values.put(typed, block, element, request.get("selected")))
        except values.NotOffered as error:
            return failed("not_offered", f"{error}.")
        self._workspace.changed()
        if block["type"] == "input" and not block.get("dispatch_action"):
            return {"ok": True}
        trigger = self._triggers.issue(person.id)
        world = self._workspace.world
        payload = {**payloads.block_actions(world, person, trigger, action), **part()}
        answer = await self._ask("interactive", payload)
        return answer.outcome if isinstance(answer, Failure) else {"ok": True}

    async def suggest(self, who: str, request: Json) -> Json:
        """What the app offers in a menu that asks it, for the ``value`` typed so far. The place is as in ``click``."""
        person = self._workspace.person(who)
        place = self._acted_in(person, request)
        found = values.find(place[0], str(request.get("block_id")), str(request.get("action_id"))) if place else None
        if place is None or found is None or found[1]["type"] not in EXTERNAL:
            return failed("not_there")
        block, element = found
        value, part = str(request.get("value") or ""), place[2]()
        answer: Any = {"options": []}
        if len(value) >= element.get("min_query_length", LEAST_TYPED):
            payload = payloads.block_suggestion(
                self._workspace.world, person, block["block_id"], element["action_id"], value
            )
            where = {key: part[key] for key in ("container", "channel", "message", "view") if key in part}
            answer = await self._ask("interactive", {**payload, **where})
        if isinstance(answer, Failure):
            return answer.outcome
        try:
            check_suggested(answer)
        except Refusal as refusal:
            return refused(refusal)
        self._suggestions.remember(place_of(person.id, request), block["block_id"], element, answer)
        return {"ok": True, "options": answer.get("options") or [], "option_groups": answer.get("option_groups") or []}

    async def submit(self, who: str, view_id: str, plain: Json) -> Json:
        """A modal sent with what was typed; errors under fields come back as ``errors``."""
        person = self._workspace.person(who)
        shown = self._modal(person, view_id)
        if shown is None:
            return failed("not_there")
        try:
            asked = self._suggestions.among(f"{person.id} {view_id}", shown.body["blocks"])
            values.type_in(asked, shown.typed, plain)
        except values.NotOffered as error:
            return failed("not_offered", f"{error}.")
        state = values.state_of(shown.body["blocks"], shown.typed)
        if errors := missing_or_wrong(shown.body["blocks"], state):
            return {"ok": False, "error": "errors", "errors": errors}
        trigger = self._triggers.issue(person.id)
        payload = payloads.view_submission(self._workspace.world, person, trigger, shown)
        answer = await self._ask("interactive", payload)
        return answer.outcome if isinstance(answer, Failure) else self._answers.to_submission(shown, answer)

    async def close(self, who: str, view_id: str, everything: bool = False) -> Json:
        """A modal closed, or the whole stack."""
        person = self._workspace.person(who)
        shown = self._modal(person, view_id)
        if shown is None:
            return failed("not_there")
        stack = self._workspace.stack(person.id)
        cleared = everything or bool(shown.body["clear_on_close"])
        gone = list(reversed(stack)) if cleared else [shown]
        for view in gone:
            stack.remove(view)
            if view.body["notify_on_close"]:
                payload = payloads.view_closed(self._workspace.world, person, view, cleared=cleared)
                await self._ask("interactive", payload)
        self._workspace.changed()
        return {"ok": True}

    async def shortcut(self, who: str, channel: str, ts: str, callback_id: str) -> Json:
        """A message shortcut."""
        person, where = self._place(who, channel)
        posted = where.find(ts)
        known = {shortcut["callback_id"] for shortcut in self._workspace.world.app.shortcuts}
        if posted is None or posted.only_for is not None or callback_id not in known:
            return failed("not_there")
        trigger = self._triggers.issue(person.id)
        answer_at = self._urls.issue(where.id, person.id, ts)
        world = self._workspace.world
        payload = payloads.message_action(world, person, callback_id, where, posted, trigger, answer_at)
        answer = await self._ask("interactive", payload)
        return answer.outcome if isinstance(answer, Failure) else {"ok": True}

    async def open_home(self, who: str, tab: str = "home") -> Json:
        """The app's Home or Messages tab opened."""
        person = self._workspace.person(who)
        where = self._workspace.direct_message(person.id)
        inner: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": where.id,
            "tab": tab,
            "event_ts": self._workspace.next_ts(),
        }
        shown = self._workspace.records.homes.get(person.id)
        if shown and tab == "home":
            inner["view"] = payloads.with_state(shown)
        self._tell("app_home_opened", inner)
        return {"ok": True, "channel": where.id}

    async def _ask(self, kind: str, payload: Json) -> Any:
        try:
            return await self._delivery.ask(kind, payload)
        except NotConnected:
            return Failure("dispatch_failed")
        except Rejected:
            return Failure("rejected")
        except Unanswered:
            return Failure("operation_timeout")

    def _tell(self, event: str, inner: Json) -> None:
        tell(self._workspace, self._delivery, event, inner)

    def _place(self, who: str, channel: str) -> tuple[Person, Conversation]:
        person = self._workspace.person(who)
        where = self._workspace.conversation(channel)
        if person.id not in where.members:
            raise Refusal("channel_not_found")
        return person, where

    def _modal(self, person: Person, view_id: str) -> OpenView | None:
        return next((view for view in self._workspace.stack(person.id) if view.id == view_id), None)

    def _acted_in(self, person: Person, request: Json) -> tuple[list[Json], Json, Any] | None:
        if request.get("home") or request.get("view_id"):
            home = self._workspace.records.homes.get(person.id)
            shown = home if request.get("home") else self._modal(person, str(request["view_id"]))
            if shown is None:
                return None
            return shown.body["blocks"], shown.typed, lambda: payloads.in_view(shown)
        _, where = self._place(person.id, str(request.get("channel")))
        posted = where.find(str(request.get("ts")))
        if posted is None or posted.only_for not in (None, person.id):
            return None
        blocks = self._blocks_then(posted, request)
        key = f"{person.id} {where.id} {posted.ts}"
        typed: Json = self._workspace.records.typed.setdefault(key, {})
        answer_at = self._urls.issue(where.id, person.id, posted.ts)
        return blocks, typed, lambda: payloads.in_message(where, posted, typed, answer_at)

    def _blocks_then(self, posted: Posted, request: Json) -> list[Json]:
        """The blocks acted in: with ``late``, those of an earlier version that still had the element."""
        versions: list[list[Json]] = [posted.body.get("blocks") or []]
        if request.get("late"):
            versions += reversed(posted.earlier)
        for blocks in versions:
            if values.find(blocks, str(request.get("block_id")), str(request.get("action_id"))):
                return blocks
        return versions[0]


class Failure:
    """A gesture that did not reach the app; ``outcome`` is what the person is told."""

    def __init__(self, code: str) -> None:
        self.outcome = failed(code)


def _action(element: Json, block_id: str, state: Json) -> Json:
    action: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block_id}
    carried = _CARRIED if element["type"] in _PRESSED else ("placeholder",)
    return {**action, **{key: element[key] for key in carried if key in element}, **state}


_PRESSED = ("button", "icon_button", "workflow_button")
_CARRIED = ("text", "value", "style", "url", "icon")
