"""Writing the plan in its phase, and reading it after."""

from datetime import date
from typing import Any

from bot.documents.reading import about
from bot.handlers.requests import Click, Submission
from bot.sentences import say
from bot.views import answers, drafts
from bot.views import drafting as views
from bot.views import plan as plan_views
from planning.people import OutsiderError
from planning.phases import Phase
from planning.plan import Cadence, Step, StepError
from planning.verbs import draft
from planning.verbs.guard import entered, in_phase
from storage.tables.base import new_id


def _open_describe(click: Click) -> None:
    with click.desk.books.read() as ledger:
        priority = ledger.plans.priority(click.value)
        session, _ = entered(ledger, priority.session, click.who)
        in_phase(session, Phase.PLAN)
        rubric = ledger.reviews.load(session.review).rubric
    question = rubric.indicators[rubric.order_of(priority.indicator)].question
    click.open(views.describe(priority, rubric, question))


def _describe(sent: Submission) -> dict[str, Any] | None:
    texts = sent.text("root_cause"), sent.text("goal"), sent.chosen("target_level"), sent.text("measure")
    draft.describe(sent.desk.books, sent.who, str(sent.about["priority"]), *texts, sent.desk.clock())
    return None


def _open_action(click: Click) -> None:
    with click.desk.books.read() as ledger:
        priority = ledger.plans.priority(click.value)
        session, _ = entered(ledger, priority.session, click.who)
    in_phase(session, Phase.PLAN)
    click.open(views.action(priority, new_id()))


def _open_edit(click: Click) -> None:
    with click.desk.books.read() as ledger:
        there = ledger.plans.action(click.value)
        session, _ = entered(ledger, there.session, click.who)
        priority = ledger.plans.priority(there.priority)
    in_phase(session, Phase.PLAN)
    click.open(views.action(priority, there.id, there))


def _action(sent: Submission) -> dict[str, Any] | None:
    due = sent.date("due")
    if due is None:
        raise StepError("due", "Choose a day.")
    step, books, now = _step(sent, due), sent.desk.books, sent.desk.clock()
    if "action" in sent.about:
        draft.edit_action(books, sent.who, str(sent.about["action"]), step, now)
    else:
        draft.add_action(books, sent.who, str(sent.about["priority"]), step, str(sent.about["request"]), now)
    return None


def _step(sent: Submission, due: date) -> Step:
    return Step(
        sent.text("text"),
        sent.person("owner"),
        due,
        Cadence(sent.chosen("cadence")),
        sent.people("supporters"),
        sent.text("resources"),
        sent.text("shown_by"),
    )


def _remove_action(click: Click) -> None:
    draft.remove_action(click.desk.books, click.who, click.value, click.desk.clock())
    click.update(answers.done(say("modal.action_removed")))


def _see_plan(click: Click) -> None:
    """`value` is the plan, and /page after the first."""
    plan_id, _, page = click.value.partition("/")
    with click.desk.books.read() as ledger:
        plan = ledger.plans.load(plan_id)
        if not ledger.people.viewer(click.who, plan.school).sees_owners:
            raise OutsiderError
        window = plan_views.window(plan, *about(ledger, plan), int(page or 1))
    click.show(window)


def _see_priority(click: Click) -> None:
    """`value` is the priority, and /page after the first."""
    priority_id, _, page = click.value.partition("/")
    with click.desk.books.read() as ledger:
        priority = ledger.plans.priority(priority_id)
        session, _viewer = entered(ledger, priority.session, click.who)
        under = [action for action in ledger.plans.actions(session.id) if action.priority == priority.id]
    in_phase(session, Phase.PLAN)
    click.show(drafts.draft_of(priority, under, int(page or 1)))


def _see_draft(click: Click) -> None:
    """`value` is the session, and /page after the first."""
    session_id, _, page = click.value.partition("/")
    with click.desk.books.read() as ledger:
        session, _viewer = entered(ledger, session_id, click.who)
        in_phase(session, Phase.COMMIT)
        priorities, drafted = ledger.plans.priorities(session.id), ledger.plans.actions(session.id)
    click.show(plan_views.draft_window(session.id, priorities, drafted, int(page or 1)))


CLICKS = {
    "priority.see": _see_priority,
    "draft.see": _see_draft,
    "draft.page": _see_draft,
    "priority.describe": _open_describe,
    "action.add": _open_action,
    "action.edit": _open_edit,
    "action.remove": _remove_action,
    "plan.see": _see_plan,
    "plan.page": _see_plan,
}
SUBMISSIONS = {"describe": _describe, "action": _action}
