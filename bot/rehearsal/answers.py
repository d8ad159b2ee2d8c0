"""What an app answers to a gesture: new or changed messages, and what follows the sending of a modal."""

from typing import Any

from bot.rehearsal.api.views import replace_view, show_modal
from bot.rehearsal.checker import check_after_submission
from bot.rehearsal.records import Conversation, OpenView
from bot.rehearsal.wire import Json, Refusal
from bot.rehearsal.workspace import Workspace

SENTENCES = {
    "dispatch_failed": "Levers is not connected, so nothing was sent. Start it and try again.",
    "operation_timeout": "Levers did not answer within three seconds. Try again.",
    "rejected": "Levers answered with an error. Try again.",
    "not_there": "That is no longer on your screen.",
    "bad_answer": "Levers answered with something that Slack would refuse.",
}


class Answers:
    """Carries out an app's answers to gestures."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def say(self, where: Conversation, who: str, answer: Any, ts: str | None = None) -> Json:
        """An answer by acknowledgement or response URL: a new message, or a change to the one acted on."""
        if not isinstance(answer, dict):
            return failed("bad_answer")
        posted = where.find(ts) if ts else None
        if answer.get("delete_original") in (True, "true"):
            if posted in where.messages and posted:
                where.messages.remove(posted)
                self._workspace.changed()
            return {"ok": True}
        try:
            body = self._workspace.app_body(answer)
        except Refusal as refusal:
            return refused(refusal)
        if answer.get("replace_original") in (True, "true") and posted:
            body.setdefault("blocks", [])
            fresh = self._workspace.filled(body)
            posted.rewrite(fresh)
            self._workspace.changed()
            return {"ok": True, "ts": posted.ts}
        only_for = None if answer.get("response_type") == "in_channel" else who
        return {"ok": True, "ts": self._workspace.write(where, body, only_for).ts}

    def to_submission(self, shown: OpenView, answer: Any) -> Json:
        """What the acknowledgement of a sent modal does to the person's stack."""
        stack = self._workspace.stack(shown.person)
        action = answer.get("response_action") if isinstance(answer, dict) else None
        try:
            check_after_submission(answer, shown.body["blocks"])
            if action == "update":
                replace_view(self._workspace, shown, answer["view"])
            elif action == "push":
                show_modal(self._workspace, shown.person, answer["view"], alone=False)
        except Refusal as refusal:
            return refused(refusal)
        if action == "errors":
            return {"ok": False, "error": "errors", "errors": answer["errors"]}
        if action == "clear":
            stack.clear()
        elif action is None and shown in stack:
            stack.remove(shown)
        self._workspace.changed()
        return {"ok": True, **({"response_action": action} if action else {})}


def refused(refusal: Refusal) -> Json:
    """What a person is told where the app answered with something that Slack would refuse."""
    return {**failed(refusal.code, SENTENCES["bad_answer"]), "messages": list(refusal.messages)}


def failed(code: str, sentence: str = "") -> Json:
    """What a person is told of a gesture that did not work."""
    return {"ok": False, "error": code, "sentence": sentence or SENTENCES.get(code, code)}
