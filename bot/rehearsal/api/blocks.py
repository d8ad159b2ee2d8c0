"""blocks.*: whether Slack would take some blocks, a message or a view.

Source: docs.slack.dev/reference/methods/blocks.validate: exactly one of ``blocks``, ``message``, ``view``; errors with
a pointer, a code and a sentence each. It does not look at a message's text.
"""

from collections.abc import Callable
from typing import Any

from bot.rehearsal.api.call import Call, Method
from bot.rehearsal.checker import problems_in_blocks, problems_in_view
from bot.rehearsal.checker.shapes import Problem
from bot.rehearsal.wire import Json, Refusal

SUBJECTS = ("blocks", "message", "view")


class Invalid(Refusal):
    """A payload that Slack would refuse, with every place and what is wrong there."""

    def __init__(self, subject: str, problems: list[Problem]) -> None:
        super().__init__(f"invalid_{subject}", map(str, problems))
        self._problems = problems

    def body(self) -> Json:
        """The JSON body that Slack would send."""
        errors = [
            {"pointer": one.pointer, "code": "failed_constraint", "message": one.sentence} for one in self._problems
        ]
        return {**super().body(), "errors": errors}


def validate(call: Call) -> Json:
    """Say whether Slack would take it; blocks alone pass where any surface shows them."""
    named = [name for name in SUBJECTS if call.arguments.get(name) is not None]
    if len(named) != 1:
        raise Refusal("invalid_arguments", [f"[ERROR] must provide exactly one of: {', '.join(SUBJECTS)}"])
    subject = named[0]
    if found := _PROBLEMS[subject](call.arguments[subject]):
        raise Invalid(subject, found)
    return {}


def _in_blocks(blocks: Any) -> list[Problem]:
    return min((problems_in_blocks(blocks, surface) for surface in ("message", "modal", "home")), key=len)


def _in_message(message: Any) -> list[Problem]:
    if not isinstance(message, dict):
        return [Problem("", "must provide an object")]
    return problems_in_blocks(message.get("blocks") or [], "message")


_PROBLEMS: dict[str, Callable[[Any], list[Problem]]] = {
    "blocks": _in_blocks,
    "message": _in_message,
    "view": problems_in_view,
}
METHODS: dict[str, Method] = {"blocks.validate": validate}
