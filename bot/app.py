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
    across,
    amending,
    commands,
    documents,
    drafting,
    events,
    follow,
    home,
    moved,
    portfolio,
    refused,
    resting,
    school_time,
    schools,
    session,
    setup,
    share,
    shortcuts,
    shortlist,
    steer,
    voting,
    words,
    year_end,
)
from bot.handlers.requests import Click, Command, Desk, Gesture, Submission, sentence_for
from bot.sentences import in_plain_text, say, say_plain
from bot.views import answers
from planning.session import Session, SessionOpenError
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
    **follow.CLICKS,
    **year_end.CLICKS,
    **school_time.CLICKS,
    **resting.CLICKS,
    **refused.CLICKS,
    **words.CLICKS,
    **schools.CLICKS,
    **portfolio.CLICKS,
    **share.CLICKS,
}
"""What changes something: it is done before Slack has its acknowledgement."""
WINDOWS: dict[str, ClickHandler] = {
    **setup.WINDOWS,
    **session.WINDOWS,
    **shortlist.WINDOWS,
    **voting.WINDOWS,
    **steer.WINDOWS,
    **drafting.WINDOWS,
    **amending.WINDOWS,
    **follow.WINDOWS,
    **resting.WINDOWS,
    **school_time.WINDOWS,
    **year_end.WINDOWS,
    **schools.WINDOWS,
    **moved.WINDOWS,
    **across.WINDOWS,
    **portfolio.WINDOWS,
    **documents.WINDOWS,
}
"""What only shows something: Slack has its acknowledgement first."""
SUBMISSIONS: dict[str, SubmissionHandler] = {
    **setup.SUBMISSIONS,
    **session.SUBMISSIONS,
    **shortlist.SUBMISSIONS,
    **voting.SUBMISSIONS,
    **steer.SUBMISSIONS,
    **drafting.SUBMISSIONS,
    **amending.SUBMISSIONS,
    **follow.SUBMISSIONS,
    **school_time.SUBMISSIONS,
    **resting.SUBMISSIONS,
    **schools.SUBMISSIONS,
    **moved.SUBMISSIONS,
    **share.SUBMISSIONS,
    **documents.SUBMISSIONS,
}
ANY = re.compile("")

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
    # One listener for all: Bolt asks its listeners one after the other, which takes longer than the handlers do.
    app.action(ANY)(_click(desk))
    app.view(ANY)(_submission(desk))
    app.command("/levers")(_command(desk))
    app.message_shortcut("plan.add_from_message")(_shortcut(desk))
    events.register(app, desk)
    app.error(_broken)
    return app


def _command(desk: Desk) -> Callable[..., None]:
    def handle(ack: Ack, body: dict[str, Any], client: WebClient, respond: Callable[..., Any]) -> None:
        command = Command(desk, body, client, respond)
        desk.appeared(command.who)
        if command.word in commands.WINDOWS:
            ack()
            _finish(command, lambda: commands.WINDOWS[command.word](command))
            return
        try:
            blocks = commands.answer(command)
        except LeversError as error:
            ack(text=sentence_for(desk, error), response_type="ephemeral")
        else:
            shown = [block.to_dict() for block in blocks]
            ack(text=say("help.private"), blocks=shown, response_type="ephemeral")

    return handle


def _click(desk: Desk) -> Callable[..., None]:
    def handle(ack: Ack, body: dict[str, Any], client: WebClient, respond: Callable[..., Any]) -> None:
        ack()
        click, name = Click(desk, body, client, respond), body["actions"][0]["action_id"]
        desk.appeared(click.who)
        if name in WINDOWS:
            _finish(click, lambda: WINDOWS[name](click))
            return
        # Old messages keep their buttons for ever: one whose handler is gone still gets an answer.
        _told(click, lambda: CLICKS.get(name, _retired)(click))
        if click.at_home:
            state = str(body["view"].get("private_metadata") or "")
            click.later(lambda: home.refresh(desk, client, click.who, state))
        _finish(click)

    return handle


def _shortcut(desk: Desk) -> Callable[..., None]:
    def handle(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        picked = shortcuts.Shortcut(desk, body, client)
        _finish(picked, lambda: shortcuts.add_from_message(picked))

    return handle


def _submission(desk: Desk) -> Callable[..., None]:
    def handle(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        calls: list[Callable[[], object]] = []
        # Whoever sent it waits for what is kept, and not for what follows from it.
        submission = Submission(desk.answering(calls.append), body, client, calls=calls)
        handler = SUBMISSIONS.get(body["view"]["callback_id"], _retired_window)
        try:
            answer = handler(submission)
        except LeversError as error:
            ack(**_refusal(submission, error))
            return
        ack(**(answer or {}))
        if handler in (*follow.CHANGING_HOME, *amending.CHANGING_HOME, *resting.CHANGING_HOME):
            submission.later(lambda: home.refresh(desk, client, submission.who))
        _finish(submission)

    return handle


def _told(gesture: Gesture, work: Callable[[], object]) -> None:
    """Do the work; a refusal is told to the person."""
    try:
        work()
    except LeversError as error:
        gesture.tell(sentence_for(gesture.desk, error))


def _finish(gesture: Gesture, first: Callable[[], object] | None = None) -> None:
    """Once Slack has its acknowledgement: do what comes `first`, then make the calls that the gesture asked for."""

    def work() -> None:
        try:
            if first is not None:
                _told(gesture, first)
            for call in gesture.calls:
                call()
        except Exception as error:
            _broken(error, gesture.body, gesture.client)

    if first is not None or gesture.calls:
        gesture.desk.afterwards.do(gesture.who, work)


def _refusal(submission: Submission, error: LeversError) -> dict[str, Any]:
    """Under the field at fault, else under the first one, else in a window of its own.

    Where the session is elsewhere no field can mend it: the window leads there, unless that would lose typed words.
    """
    fields = submission.fields()
    elsewhere = isinstance(getattr(error, "session", None), Session) and not submission.typed
    if not fields or elsewhere or isinstance(error, SessionOpenError):
        sentence = sentence_for(submission.desk, error)
        return {"response_action": "update", "view": answers.told(sentence)}
    named = str(getattr(error, "field", ""))
    field = next((one for one in fields if one.partition("/")[0] == named), fields[0])
    return {"response_action": "errors", "errors": {field: in_plain_text(str(error))}}


def _retired(click: Click) -> None:
    click.tell(say("help.retired"))


def _retired_window(_sent: Submission) -> dict[str, Any]:
    return {"response_action": "update", "view": answers.told(say("help.retired"))}


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
