"""The Bolt app: every command, click, window and event goes to its handler, and every refusal becomes an answer."""

import json
import logging
import re
from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import Ack, App, BoltResponse
from slack_sdk import WebClient

from bot.handlers import (
    amending,
    commands,
    drafting,
    events,
    follow,
    session,
    setup,
    shortcuts,
    shortlist,
    steer,
    voting,
)
from bot.handlers.requests import Click, Command, Desk, Submission, sentence_for
from bot.sentences import in_plain_text, say, say_plain
from bot.views import answers
from rubric.errors import LeversError

ClickHandler = Callable[[Click], None]
SubmissionHandler = Callable[[Submission], dict[str, Any] | None]

CLICKS: dict[str, ClickHandler] = {
    **setup.CLICKS,
    **session.CLICKS,
    **shortlist.CLICKS,
    **voting.CLICKS,
    **steer.CLICKS,
    **drafting.CLICKS,
    **amending.CLICKS,
    **follow.CLICKS,
}
SUBMISSIONS: dict[str, SubmissionHandler] = {
    **setup.SUBMISSIONS,
    **session.SUBMISSIONS,
    **shortlist.SUBMISSIONS,
    **voting.SUBMISSIONS,
    **steer.SUBMISSIONS,
    **drafting.SUBMISSIONS,
    **amending.SUBMISSIONS,
    **follow.SUBMISSIONS,
}

_bolt_log = logging.getLogger("bolt")
# Bolt warns at every start that the client brings its own token, which is what is wanted.
_bolt_log.setLevel(logging.ERROR)
_log = structlog.get_logger("app")


def build_app(client: WebClient, desk: Desk, signing_secret: str | None = None) -> App:
    """The app on `desk`, speaking through `client`. `signing_secret` is needed where Slack reaches it over HTTP."""
    app = App(
        client=client,
        logger=_bolt_log,
        signing_secret=signing_secret,
        token_verification_enabled=False,
        request_verification_enabled=signing_secret is not None,
        process_before_response=True,
    )
    app.command("/levers")(_command(desk))
    for name, handler in CLICKS.items():
        app.action(name)(_click(desk, handler))
    for name, taker in SUBMISSIONS.items():
        app.view(name)(_submission(desk, taker))
    app.message_shortcut("plan.add_from_message")(_shortcut(desk))
    # Old messages keep their buttons for ever: one whose handler is gone still gets an answer.
    app.action(re.compile(r".*"))(_click(desk, _retired))
    events.register(app, desk)
    app.error(_broken)
    return app


def _command(desk: Desk) -> Callable[..., None]:
    def handle(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        command = Command(desk, body, client)
        try:
            blocks = commands.answer(command)
        except LeversError as error:
            ack(text=sentence_for(desk, error), response_type="ephemeral")
            return
        if blocks is None:
            ack()
        else:
            ack(
                text=say("help.private"),
                blocks=[block.to_dict() for block in blocks],
                response_type="ephemeral",
            )

    return handle


def _click(desk: Desk, handler: ClickHandler) -> Callable[..., None]:
    def handle(ack: Ack, body: dict[str, Any], client: WebClient, respond: Callable[..., Any]) -> None:
        ack()
        click = Click(desk, body, client, respond)
        try:
            handler(click)
        except LeversError as error:
            click.tell(sentence_for(desk, error))
        if click.at_home:
            events.refresh_home(desk, client, click.who)

    return handle


def _shortcut(desk: Desk) -> Callable[..., None]:
    def handle(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        try:
            shortcuts.add_from_message(shortcuts.Shortcut(desk, body, client))
        except LeversError as error:
            # Where Levers is no member it has no other way to answer than a window.
            client.views_open(trigger_id=body["trigger_id"], view=answers.told(sentence_for(desk, error)))

    return handle


def _submission(desk: Desk, handler: SubmissionHandler) -> Callable[..., None]:
    def handle(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        submission = Submission(desk, body, client)
        try:
            answer = handler(submission)
        except LeversError as error:
            ack(**_refusal(submission, error))
            return
        ack(**(answer or {}))
        if handler in (*follow.CHANGING_HOME, *amending.CHANGING_HOME):
            events.refresh_home(desk, client, submission.who)

    return handle


def _refusal(submission: Submission, error: LeversError) -> dict[str, Any]:
    """Under the field at fault, else under the first one, else in a window of its own."""
    fields = submission.fields()
    if not fields:
        sentence = sentence_for(submission.desk, error)
        return {"response_action": "update", "view": answers.told(sentence)}
    named = str(getattr(error, "field", ""))
    field = next((one for one in fields if one.partition("/")[0] == named), fields[0])
    return {"response_action": "errors", "errors": {field: in_plain_text(str(error))}}


def _retired(click: Click) -> None:
    click.tell(say("help.retired"))


def _broken(error: Exception, body: dict[str, Any], client: WebClient) -> BoltResponse:
    """Something is wrong with Levers itself: the person hears that nothing was changed, the log what it was."""
    _log.error(
        "handler failed", error=type(error).__name__, kind=body.get("type") or body.get("command"), exc_info=error
    )
    if body.get("type") == "view_submission":
        return _not_saved(body)
    person, channel = _whom(body)
    if person and channel:
        try:
            client.chat_postEphemeral(channel=channel, user=person, text=say("help.sorry"))
        except Exception as failure:
            _log.warning("no answer", error=type(failure).__name__)
    return BoltResponse(status=200, body="")


def _not_saved(body: dict[str, Any]) -> BoltResponse:
    """Keep the window open with what was typed: an empty answer would close it as if all were well."""
    fields = [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]
    if fields:
        answer: dict[str, Any] = {"response_action": "errors", "errors": {fields[0]: say_plain("help.not_saved")}}
    else:
        answer = {"response_action": "update", "view": answers.told(say("help.sorry")).to_dict()}
    return BoltResponse(status=200, body=json.dumps(answer), headers={"Content-Type": "application/json"})


def _whom(body: dict[str, Any]) -> tuple[str, str]:
    person = body.get("user_id") or (body.get("user") or {}).get("id") or ""
    channel = body.get("channel_id") or (body.get("channel") or {}).get("id") or ""
    return str(person), str(channel)
