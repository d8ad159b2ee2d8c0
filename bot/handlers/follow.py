"""What owners and leaders answer after commit."""

from collections.abc import Callable
from typing import Any

from bot.handlers import amending
from bot.handlers.mine import own, shows_names
from bot.handlers.requests import Click, Submission
from bot.handlers.resting import helpers
from bot.messages.follow import late, named
from bot.sentences import say
from bot.views import answering, answers
from planning.people import OutsiderError
from planning.plan import Action, NotOwnerError, Status
from planning.verbs import follow
from planning.verbs.kept import plan_of
from storage.tables.base import new_id


def _accept(click: Click) -> None:
    follow.accept(click.desk.books, click.who, click.value, click.desk.clock())
    show_again(click)


def _accept_all(click: Click) -> None:
    plan, _, seen = click.value.partition("/")
    follow.accept_all(click.desk.books, click.who, plan, int(seen), click.desk.clock())
    show_again(click)


def _open_hand_back(click: Click) -> None:
    action = _action(click, click.value)
    if action.asked != click.who:
        raise NotOwnerError
    click.open(answering.hand_back(action))


def _hand_back(sent: Submission) -> dict[str, Any] | None:
    follow.hand_back(sent.desk.books, sent.who, str(sent.about["action"]), sent.text("reason"), sent.desk.clock())
    return None


def _answering(status: Status) -> Callable[[Click], None]:
    """On track and at risk take one press."""

    def handle(click: Click) -> None:
        action = follow.check_in(click.desk.books, click.who, click.value, status, "", click.desk.clock())
        if click.in_window:
            sentence = say("follow.check_in_answered", text=action.step.text, status=status.value, note="", helper="")
            click.update(answers.done(sentence))
        show_again(click)

    return handle


def _asking(status: Status) -> Callable[[Click], None]:
    """Blocked and done ask for a word more."""

    def handle(click: Click) -> None:
        action, offered = _own(click, click.value), []
        if status is Status.BLOCKED:
            with click.desk.books.read() as ledger:
                offered = helpers(ledger, plan_of(ledger, action), click.who)
        click.open(answering.answer_window(action, status, new_id(), offered, shown=shows_names(click.desk, action)))

    return handle


def _more(click: Click) -> None:
    what, _, action_id = click.value.partition("/")
    action = _own(click, action_id)
    if what in amending.MORE:
        amending.MORE[what](click, action_id)
    elif what == "hand_over":
        click.open(answering.hand_over(action))
    else:
        click.open(
            answering.answer_window(
                action, Status.DROPPED if what == "drop" else None, new_id(), shown=shows_names(click.desk, action)
            )
        )


def _change(click: Click) -> None:
    action = _own(click, click.value)
    with click.desk.books.read() as ledger:
        plan = ledger.plans.of_session(action.session)
        assert plan is not None
        past = bool(late(ledger, plan, [action], click.desk.clock()))
        window = answering.answer_again(*named(plan, [action])[0], past=past)
    click.open(window)


def _answer(sent: Submission) -> dict[str, Any] | None:
    status = Status(sent.chosen("status") or sent.about["status"])
    helper = sent.person("helper") or sent.chosen("role") or None
    if sent.about.get("help") and helper is None:
        raise follow.AnswerError("helper", "Choose who could help.")
    follow.check_in(
        sent.desk.books,
        sent.who,
        str(sent.about["action"]),
        status,
        sent.text("note"),
        sent.desk.clock(),
        helper,
        str(sent.about["request"]),
    )
    return {"response_action": "clear"}


def _find_owner(click: Click) -> None:
    with click.desk.books.read() as ledger:
        action = ledger.plans.action(click.value)
        plan = ledger.plans.of_session(action.session)
        if plan is None or not ledger.people.viewer(click.who, plan.school).leads:
            raise OutsiderError
    click.open(answering.hand_over(action, by_leader=True))


def _hand_over(sent: Submission) -> dict[str, Any] | None:
    follow.offer(sent.desk.books, sent.who, str(sent.about["action"]), sent.person("to"), sent.desk.clock())
    return {"response_action": "clear"}


def _action(click: Click, action_id: str) -> Action:
    with click.desk.books.read() as ledger:
        return ledger.plans.action(action_id)


def _own(click: Click, action_id: str) -> Action:
    action = _action(click, action_id)
    if action.step.owner != click.who:
        raise NotOwnerError
    return action


def show_again(click: Click) -> None:
    """A private list of one's own actions cannot be brought up to date later: it is replaced at once."""
    if click.on_private_answer:
        click.replace(say("help.private"), own(click.desk, click.who))


CLICKS = {
    "acceptance.accept": _accept,
    "acceptance.accept_all": _accept_all,
    "check_in.on_track": _answering(Status.ON_TRACK),
    "check_in.at_risk": _answering(Status.AT_RISK),
}
WINDOWS = {
    "acceptance.hand_back": _open_hand_back,
    "check_in.blocked": _asking(Status.BLOCKED),
    "check_in.done": _asking(Status.DONE),
    "check_in.more": _more,
    "check_in.change": _change,
    "action.find_owner": _find_owner,
}
CHANGING_HOME = (_hand_back, _answer, _hand_over)
"""After these the Home tab, from which the window may have been opened, is brought up to date."""
SUBMISSIONS = {"hand_back": _hand_back, "answer": _answer, "hand_over": _hand_over}
