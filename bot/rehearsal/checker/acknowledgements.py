"""What an app may acknowledge with: what follows a sent modal, and the options of a menu that asks for them.

Sources: docs.slack.dev/surfaces/modals ("response_action": errors, update, push, clear) and
docs.slack.dev/reference/interaction-payloads/block_suggestion-payload (at most 100 options or option groups).
"""

from typing import Any

from bot.rehearsal.checker.objects import OPTION_GROUPS, OPTIONS
from bot.rehearsal.checker.rules import exactly_one_of
from bot.rehearsal.checker.shapes import Many, Problem, Record
from bot.rehearsal.checker.tree import every_block
from bot.rehearsal.checker.views import check_view
from bot.rehearsal.checker.walk import walk
from bot.rehearsal.wire import Json, Refusal

AFTER_SUBMISSION = ("clear", "update", "push", "errors")

_SUGGESTED = Record(
    optional={
        "options": Many(OPTIONS.of, OPTIONS.most, least=0),
        "option_groups": Many(OPTION_GROUPS.of, OPTION_GROUPS.most, least=0),
    },
    rules=(exactly_one_of("options", "option_groups"),),
)


def check_after_submission(answer: Any, blocks: list[Json]) -> None:
    """Check the answer to a sent modal that showed ``blocks``. An empty one closes it.

    Raises Refusal (invalid_arguments, view_too_large).
    """
    if not answer:
        return
    if not isinstance(answer, dict):
        raise _refused(Problem("", "must provide an object"))
    action = answer.get("response_action")
    if action not in (None, *AFTER_SUBMISSION):
        raise _refused(Problem("/response_action", f"must be one of: {', '.join(AFTER_SUBMISSION)}"))
    if action == "errors":
        if found := _wrong_errors(answer.get("errors"), blocks):
            raise _refused(*found)
    elif action in ("update", "push"):
        check_view(answer.get("view"))
        if answer["view"]["type"] != "modal":
            raise _refused(Problem("/view/type", "must be of type modal"))


def check_suggested(answer: Any) -> None:
    """Check the options that an app offers in an external menu. Raises Refusal (invalid_arguments)."""
    if found := list(walk(_SUGGESTED, answer, "")):
        raise _refused(*found)


def _wrong_errors(errors: Any, blocks: list[Json]) -> list[Problem]:
    if not isinstance(errors, dict) or not errors:
        return [Problem("/errors", "must name at least one input block")]
    asked = {block.get("block_id") for _, block in every_block(blocks) if block.get("type") == "input"}
    unknown = [Problem(f"/errors/{name}", "no input block has this block_id") for name in errors if name not in asked]
    silent = [
        Problem(f"/errors/{name}", "must be a string that says something")
        for name, sentence in errors.items()
        if not isinstance(sentence, str) or not sentence.strip()
    ]
    return [*unknown, *silent]


def _refused(*problems: Problem) -> Refusal:
    return Refusal("invalid_arguments", map(str, problems))
