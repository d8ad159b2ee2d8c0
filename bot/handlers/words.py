"""An answer in plain words, written to Levers directly: shown as it was understood, and kept once that is confirmed."""

import re
from collections.abc import Callable
from typing import Any

from bot.handlers.mine import shows_names
from bot.handlers.requests import Click, Desk
from bot.handlers.resting import helpers
from bot.sentences import say, unescape
from bot.views import answering, answers, resting
from bot.views.parts import Message, section
from planning.answer_words import meant, understood
from planning.plan import Action, NotOwnerError, Status
from planning.verbs import follow
from planning.verbs.kept import plan_of


def reply(desk: Desk, event: dict[str, Any]) -> Message:
    """What Levers says to what somebody wrote; it answers plainly what it can do where it understood nothing."""
    text = unescape(str(event.get("text") or ""))
    if (asked := _ASKED.get(" ".join(_WORD.findall(text.casefold())))) is not None:
        return asked(desk, str(event["user"]))
    said = understood(text)
    if said is None:
        return Message(say("help.hello_direct"))
    with desk.books.read() as ledger:
        found = ledger.plans.open_of(str(event["user"]))
        shown = any(ledger.people.names_since(plan.school) for plan, _ in found)
    owned = [action for _, action in found if action.step.owner == event["user"] and action.taken_on]
    if not owned:
        return Message(say("rest.words_none"), section(say("rest.words_none")))
    return resting.understood(*meant(said, owned), str(event["ts"]), shown=shown)


def _help(_desk: Desk, _who: str) -> Message:
    return Message(say("help.here"), answers.commands())


def _mine(_desk: Desk, _who: str) -> Message:
    return resting.mine()


_WORD = re.compile(r"\w+")
_ASKED: dict[str, Callable[[Desk, str], Message]] = {
    **dict.fromkeys(("help", "levers help", "what can you do"), _help),
    **dict.fromkeys(("mine", "levers mine", "my actions", "what is mine", "what s mine"), _mine),
}
"""What people write to Levers as they would type a command, in small letters and without marks."""


def _keep(click: Click) -> None:
    action_id, status, request, note = click.value.split("/", 3)
    now, books = click.desk.clock(), click.desk.books
    wanted = Status[status]
    with books.read() as ledger:
        action: Action = ledger.plans.action(action_id)
        offered = helpers(ledger, plan_of(ledger, action), click.who)
    if action.step.owner != click.who:
        raise NotOwnerError
    if wanted is Status.BLOCKED or (wanted is Status.DONE and not note):
        # Done needs what shows it, and blocked asks who could help: the same window that the button opens.
        shown = shows_names(click.desk, action)
        click.open(answering.answer_window(action, wanted, f"words-{request}", offered, note, shown=shown))
        return
    kept = follow.check_in(books, click.who, action_id, wanted, note, now, request=f"words-{request}")
    click.replace(say("rest.words_kept", text=kept.step.text, status=wanted.value, note=note), resting.kept(kept, note))


def _no(click: Click) -> None:
    click.replace(say("rest.words_dropped"), resting.not_kept())


CLICKS: dict[str, Callable[[Click], None]] = {
    "words.keep": _keep,
    **{f"words.keep_{place}": _keep for place in range(resting.CHOICES)},
    "words.no": _no,
}
