"""What owners and leaders answer in the last month of school."""

from bot.handlers import amending
from bot.handlers.follow import show_again
from bot.handlers.mine import shows_names
from bot.handlers.requests import Click
from bot.sentences import say
from bot.views import answering, answers
from planning.plan import Action, NotOwnerError, Status
from planning.verbs import year_end
from storage.tables.base import new_id


def _carry(click: Click) -> None:
    action = year_end.carry(click.desk.books, click.who, click.value, click.desk.clock())
    if click.in_window:
        click.update(answers.done(say("year_end.carried", text=action.step.text)))
    show_again(click)


def _drop(click: Click) -> None:
    action = _action(click)
    if action.step.owner == click.who:
        click.open(answering.answer_window(action, Status.DROPPED, new_id(), shown=shows_names(click.desk, action)))
    else:
        amending.MORE["drop_from_plan"](click, action.id)


def _hand_over(click: Click) -> None:
    action = _action(click)
    if action.step.owner != click.who:
        raise NotOwnerError
    click.open(answering.hand_over(action))


def _action(click: Click) -> Action:
    with click.desk.books.read() as ledger:
        return ledger.plans.action(click.value)


CLICKS = {"year_end.carry": _carry}
WINDOWS = {"year_end.drop": _drop, "year_end.hand_over": _hand_over}
