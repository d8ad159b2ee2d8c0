"""The colleagues of the person who rehearses: they join, vote, accept and check in, as a file of rules says."""

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
    """Press a button with this ``action_id``, once a person and message; then fill the modal that should open.

    Buttons with the same ``answers`` and value answer one question: one of them is pressed, by their ``odds``.
    """

    press: str
    did: str
    where: str = ""
    modal: str = ""
    fill: str = ""
    budget: int = 0
    most_on_one: int = 0
    answers: str = ""
    odds: int = 1
    notes: tuple[str, ...] = ()


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
        which = (self.rule.answers,) if self.rule.answers else (self.block_id, self.element["action_id"])
        return " ".join((self.person.id, self.where.id, self.posted.ts, *which, str(self.element.get("value", ""))))


class Others:
    """Plays everybody but the acting person and the roles that sit out."""

    def __init__(self, workspace: Workspace, gestures: Gestures, rules: Path = RULES) -> None:
        raw = yaml.safe_load(rules.read_text(encoding="utf-8"))
        self._workspace = workspace
        self._gestures = gestures
        self._sit_out = frozenset(raw["sit_out"])
        self._last = int(raw["look_at_last"])
        self._rules = {one["press"]: Rule(**{**one, "notes": tuple(one.get("notes", ()))}) for one in raw["rules"]}

    async def act(self, acting: str, channel: str | None = None) -> list[str]:
        """Let the colleagues of ``acting`` do what they can; sentences of what they did and what was refused.

        With a ``channel`` only those who are in it act, there and in their direct messages. Raises Refusal for a
        person or a channel that is not there.
        """
        self._workspace.person(acting)
        here = self._workspace.conversation(channel) if channel else None
        if here and here.kind == "im":
            here = None
        away = {person.id for person in self._workspace.world.humans if self._workspace.is_deactivated(person.id)}
        colleagues = [
            person
            for person in self._workspace.world.humans
            if person.id not in away | {acting} and person.role not in self._sit_out
        ]
        sentences: list[str] = []
        for _ in range(ROUNDS):
            presses = [p for one in colleagues if not here or one.id in here.members for p in self._open_to(one, here)]
            if not presses:
                break
            for press in presses:
                sentences.append(await self._carry_out(press))
        return sentences

    def _open_to(self, person: Person, here: Conversation | None) -> list[Press]:
        questions: dict[str, list[Press]] = {}
        for where in self._workspace.conversations_of(person.id):
            if here and where is not here and where.kind != "im":
                continue
            for posted in where.seen_by(person.id)[-self._last :]:
                for block, element in elements_in(posted.body.get("blocks") or []):
                    rule = self._rules.get(element["action_id"])
                    if rule and _fits(rule, where):
                        press = Press(person, where, posted, block["block_id"], element, rule)
                        if press.key not in self._workspace.records.pressed:
                            questions.setdefault(press.key, []).append(press)
        return [_one_of(open_now, self._turn(person, n)) for n, open_now in enumerate(questions.values())]

    def _turn(self, person: Person, later: int = 0) -> str:
        """What tells a person's presses apart, the same in every rehearsal that goes the same way."""
        return f"{person.id} {later + sum(key.startswith(f'{person.id} ') for key in self._workspace.records.pressed)}"

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
        if press.rule.fill == "dots":
            choices = dots(shown.body["blocks"], press.rule, press.person.id)
        else:
            choices = note(shown.body["blocks"], press.rule, self._turn(press.person))
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
    choices_each = max((len(options_of(element)) for _, element in menus), default=0)
    # A runoff offers a single dot, and that is then the whole budget.
    most, budget = (rule.most_on_one, rule.budget) if choices_each > 2 else (1, 1)
    for _ in range(budget):
        open_menus = [i for i, dots_on in enumerate(spent) if dots_on < most]
        if open_menus:
            spent[chance.choices(open_menus, [1 / (i + 1) for i in open_menus])[0]] += 1
    choices: Json = {}
    for (block, element), number in zip(menus, spent, strict=True):
        offered = {option["value"] for option in options_of(element)}
        if str(number) in offered:
            choices[block["block_id"]] = {element["action_id"]: str(number)}
    return choices


def note(blocks: list[Json], rule: Rule, seed: str) -> Json:
    """One of the rule's ``notes`` in the first text field."""
    for block in blocks:
        if block["type"] == "input" and block["element"]["type"] == "plain_text_input":
            return {block["block_id"]: {block["element"]["action_id"]: random.Random(seed).choice(rule.notes)}}
    return {}


def _one_of(presses: list[Press], seed: str) -> Press:
    """One of the buttons that answer the same question, the same for the same ``seed``."""
    return random.Random(seed).choices(presses, [press.rule.odds for press in presses])[0]


def _fits(rule: Rule, where: Conversation) -> bool:
    return not rule.where or (rule.where == "direct message") == (where.kind == "im")
