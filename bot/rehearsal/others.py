"""The colleagues of the person who rehearses: they join, vote and accept, as a file of rules says."""

import asyncio
import random
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.rehearsal.checker import elements_in
from bot.rehearsal.gestures import Gestures
from bot.rehearsal.records import Conversation, OpenView, Posted
from bot.rehearsal.values import options_of
from bot.rehearsal.wire import Json
from bot.rehearsal.workspace import Workspace
from bot.rehearsal.world import Person

RULES = Path(__file__).with_name("others.yaml")
MODAL_SECONDS = 5.0
ROUNDS = 3


@dataclass(frozen=True)
class Rule:
    """Press a button with this ``action_id``, once a person and message; then fill the modal that should open."""

    press: str
    did: str
    where: str = ""
    modal: str = ""
    fill: str = ""
    budget: int = 0
    most_on_one: int = 0


@dataclass(frozen=True)
class Press:
    """One button that a colleague could press."""

    person: Person
    where: Conversation
    posted: Posted
    block_id: str
    element: Json
    rule: Rule

    @property
    def key(self) -> str:
        """Tells this press from all others, so that it happens once."""
        ids = (self.person.id, self.where.id, self.posted.ts, self.block_id, self.element["action_id"])
        return " ".join((*ids, str(self.element.get("value", ""))))


class Others:
    """Plays everybody but the acting person and the roles that sit out."""

    def __init__(self, workspace: Workspace, gestures: Gestures, rules: Path = RULES) -> None:
        raw = yaml.safe_load(rules.read_text(encoding="utf-8"))
        self._workspace = workspace
        self._gestures = gestures
        self._sit_out = frozenset(raw["sit_out"])
        self._last = int(raw["look_at_last"])
        self._rules = {entry["press"]: Rule(**entry) for entry in raw["rules"]}

    async def act(self, acting: str) -> list[str]:
        """Let the colleagues of ``acting`` do what they can; sentences of what they did and what was refused."""
        self._workspace.person(acting)
        colleagues = [p for p in self._workspace.world.humans if p.id != acting and p.role not in self._sit_out]
        sentences: list[str] = []
        for _ in range(ROUNDS):
            presses = [press for person in colleagues for press in self._open_to(person)]
            if not presses:
                break
            for press in presses:
                sentences.append(await self._carry_out(press))
        return sentences

    def _open_to(self, person: Person) -> list[Press]:
        found = []
        for where in self._workspace.conversations_of(person.id):
            for posted in where.seen_by(person.id)[-self._last :]:
                for block, element in elements_in(posted.body.get("blocks") or []):
                    rule = self._rules.get(element["action_id"])
                    if rule and _fits(rule, where):
                        press = Press(person, where, posted, block["block_id"], element, rule)
                        if press.key not in self._workspace.records.pressed:
                            found.append(press)
        return found

    async def _carry_out(self, press: Press) -> str:
        name = press.person.real_name
        self._workspace.records.pressed.append(press.key)
        before = {view.id for view in self._workspace.stack(press.person.id)}
        request = {
            "channel": press.where.id,
            "ts": press.posted.ts,
            "block_id": press.block_id,
            "action_id": press.element["action_id"],
        }
        outcome = await self._gestures.click(press.person.id, request)
        if not outcome["ok"]:
            if outcome["error"] in ("dispatch_failed", "operation_timeout"):
                self._workspace.records.pressed.remove(press.key)
            return f"{name} could not press {press.element['text']['text']}: {outcome['sentence']}"
        if press.rule.modal:
            return await self._fill_modal(press, before)
        return f"{name} {press.rule.did}."

    async def _fill_modal(self, press: Press, before: set[str]) -> str:
        name = press.person.real_name
        shown = await self._modal(press, before)
        if shown is None:
            return f"{name} pressed {press.element['text']['text']}, but no form opened."
        choices = dots(shown.body["blocks"], press.rule, press.person.id)
        outcome = await self._gestures.submit(press.person.id, shown.id, choices)
        self._workspace.stack(press.person.id).clear()
        self._workspace.changed()
        if outcome["ok"]:
            return f"{name} {press.rule.did}."
        reasons = outcome.get("errors") or {"": outcome.get("sentence", "")}
        return f"{name} sent the form, and it was refused: {' '.join(reasons.values())}"

    async def _modal(self, press: Press, before: set[str]) -> OpenView | None:
        """The form that opens, once it has fields: an app may open it empty and load into it after."""
        until = time.monotonic() + MODAL_SECONDS
        while time.monotonic() < until:
            for view in self._workspace.stack(press.person.id):
                fits = view.body["callback_id"] == press.rule.modal and view.id not in before
                if fits and any(block["type"] == "input" for block in view.body["blocks"]):
                    return view
            await asyncio.sleep(0.02)
        return None


def dots(blocks: list[Json], rule: Rule, seed: str) -> Json:
    """A ballot: ``budget`` dots over the menus, ``most_on_one`` on one at most; the same for the same ``seed``."""
    menus = [(block, block["element"]) for block in blocks if block["type"] == "input"]
    menus = [(block, element) for block, element in menus if element["type"] == "static_select"]
    chance = random.Random(f"{seed} {len(menus)}")
    spent = [0] * len(menus)
    for _ in range(rule.budget):
        open_menus = [i for i, dots_on in enumerate(spent) if dots_on < rule.most_on_one]
        if open_menus:
            spent[chance.choices(open_menus, [1 / (i + 1) for i in open_menus])[0]] += 1
    choices: Json = {}
    for (block, element), number in zip(menus, spent, strict=True):
        offered = {option["value"] for option in options_of(element)}
        if str(number) in offered:
            choices[block["block_id"]] = {element["action_id"]: str(number)}
    return choices


def _fits(rule: Rule, where: Conversation) -> bool:
    return not rule.where or (rule.where == "direct message") == (where.kind == "im")
