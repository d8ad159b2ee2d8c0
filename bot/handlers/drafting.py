"""Writing the plan in its phase."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from slack_sdk.models.views import View

from bot.handlers.filling import Again, Answer, as_opened, kept, moved_under, show, told_where
from bot.handlers.requests import Click, Gesture, Submission
from bot.sentences import say
from bot.views import answers, drafts
from bot.views import drafting as views
from bot.views import plan as plan_views
from bot.views.drafting import Filled
from planning.phases import Phase
from planning.plan import Action, ActionNotFoundError, Priority
from planning.session import Session
from planning.verbs import draft
from planning.verbs.guard import entered, in_phase
from planning.warnings import warnings
from storage.books import Ledger
from storage.tables.base import new_id


def _open_describe(click: Click) -> None:
    with click.desk.books.read() as ledger:
        priority = ledger.plans.priority(click.value)
        session, _ = entered(ledger, priority.session, click.who)
        in_phase(session, Phase.PLAN)
        window = _description(ledger, session, priority)
    click.open(window)


def _describe(sent: Submission) -> Answer:
    """Whoever was slower sees what the other wrote beside what they wrote themselves."""
    texts = sent.text("root_cause"), sent.text("goal"), sent.chosen("target_level"), sent.text("measure")
    books, priority, seen = sent.desk.books, str(sent.about["priority"]), str(sent.about.get("seen", ""))
    try:
        draft.describe(books, sent.who, priority, *texts, sent.desk.clock(), seen=seen)
    except draft.DescribedMeanwhileError as faster:
        root_cause, goal, target, measure = texts
        there = faster.priority
        typed = replace(there, root_cause=root_cause, goal=goal, target_level=target, measure=measure)
        with books.read() as ledger:
            window = _description(ledger, ledger.sessions.load(there.session), there, typed)
        return {"response_action": "update", "view": window}
    return None


def _description(ledger: Ledger, session: Session, priority: Priority, typed: Priority | None = None) -> View:
    rubric = ledger.reviews.rubric(session.review)
    question = rubric.indicators[rubric.order_of(priority.indicator)].question
    return views.describe(priority, rubric, question, typed)


def _open_action(click: Click) -> None:
    with click.desk.books.read() as ledger:
        priority = ledger.plans.priority(click.value)
        session, _ = entered(ledger, priority.session, click.who)
    in_phase(session, Phase.PLAN)
    show(click, views.new_action("action", [priority], priority.id, new_id()))


def _open_edit(click: Click) -> None:
    with click.desk.books.read() as ledger:
        there = ledger.plans.action(click.value)
        session, priorities, under = _around(ledger, there, click.who)
    in_phase(session, Phase.PLAN)
    if there.taken_out:
        raise ActionNotFoundError
    show(click, views.edit_action(there, priorities, *_position(there, under)))


def _action(sent: Submission) -> Answer:
    """A drafted action, new or edited."""
    if "action" in sent.about:
        return _edited(sent)
    books, now, about = sent.desk.books, sent.desk.clock(), sent.about
    chosen, request, link = str(about["priority"]) or sent.chosen("priority"), str(about["request"]), str(about["link"])

    def around(ledger: Ledger) -> tuple[str, Again]:
        session, _ = entered(ledger, str(about["session"]), sent.who)
        offered = [one for one in ledger.plans.priorities(session.id) if about["priority"] in ("", one.id)]
        return session.school, lambda filled: views.new_action("action", offered, chosen, request, filled, link)

    def keep(filled: Filled, due: date) -> None:
        draft.add_action(books, sent.who, chosen, filled.step(due), request, now, link)

    return told_where(sent, kept(sent, around, keep))


def _edited(sent: Submission) -> Answer:
    books, now = sent.desk.books, sent.desk.clock()
    action, seen = str(sent.about["action"]), str(sent.about["seen"])

    def around(ledger: Ledger) -> tuple[str, Again]:
        there = ledger.plans.action(action)
        session, priorities, under = _around(ledger, there, sent.who)
        position = _position(there, under)
        opened_on = as_opened(sent, there)
        return session.school, lambda filled: views.edit_action(opened_on, priorities, *position, filled, seen)

    def keep(filled: Filled, due: date) -> None:
        step, priority = filled.step(due), moved_under(sent)
        edited = draft.edit_action(books, sent.who, action, step, now, seen=seen, priority=priority)
        _show_beneath(sent, edited.priority, action)

    return kept(sent, around, keep)


def _place(click: Click) -> None:
    """`value` is the action and where it is to stand."""
    action_id, _, position = click.value.partition("/")
    draft.place_action(click.desk.books, click.who, action_id, int(position), click.desk.clock())
    with click.desk.books.read() as ledger:
        there = ledger.plans.action(action_id)
        _session, priorities, under = _around(ledger, there, click.who)
    click.update(views.edit_action(there, priorities, *_position(there, under)))
    _show_beneath(click, there.priority, action_id)


def _remove_action(click: Click) -> None:
    gone = draft.remove_action(click.desk.books, click.who, click.value, click.desk.clock())
    click.update(views.taken_out(gone))
    _show_beneath(click, gone.priority)


def _restore_action(click: Click) -> None:
    back = draft.restore_action(click.desk.books, click.who, click.value, click.desk.clock())
    click.update(answers.done(say("modal.action_restored", text=back.step.text)))
    _show_beneath(click, back.priority, back.id)


def _show_beneath(done: Gesture, priority: str, action: str = "") -> None:
    """Bring the actions of a priority, from whose window this one was opened, up to date: the page with `action`."""
    done.refresh_beneath(lambda: _of_priority(done, priority, action))


def _around(ledger: Ledger, there: Action, who: str) -> tuple[Session, tuple[Priority, ...], list[Action]]:
    """The session of an action, its priorities, and the actions beside it."""
    session, _ = entered(ledger, there.session, who)
    beside = [one for one in ledger.plans.actions(session.id) if one.priority == there.priority]
    return session, ledger.plans.priorities(session.id), beside


def _position(there: Action, under: list[Action]) -> tuple[int, int]:
    ids = [one.id for one in under]
    return (ids.index(there.id) + 1 if there.id in ids else 1), len(ids)


def _see_priority(click: Click) -> None:
    """`value` is the priority, and /page after the first."""
    priority, _, page = click.value.partition("/")
    click.show(_of_priority(click, priority, int(page or 1)))


def _of_priority(asked: Gesture, priority_id: str, page: int | str) -> View:
    with asked.desk.books.read() as ledger:
        priority = ledger.plans.priority(priority_id)
        session, _viewer = entered(ledger, priority.session, asked.who)
        drafted, calendar = ledger.plans.actions(session.id), ledger.schools.calendar(session.school)
    in_phase(session, Phase.PLAN)
    cautions = warnings(drafted, calendar, calendar.today(asked.desk.clock()))
    return drafts.draft_of(priority, drafted, cautions, page)


def _see_draft(click: Click) -> None:
    """`value` is the session, and /page after the first."""
    session_id, _, page = click.value.partition("/")
    with click.desk.books.read() as ledger:
        session, _viewer = entered(ledger, session_id, click.who)
        in_phase(session, Phase.COMMIT)
        priorities, drafted = ledger.plans.priorities(session.id), ledger.plans.actions(session.id)
    click.show(plan_views.draft_window(session.id, priorities, drafted, int(page or 1)))


CLICKS: dict[str, Callable[[Click], None]] = {
    "action.up": _place,
    "action.down": _place,
    "action.remove": _remove_action,
    "action.restore": _restore_action,
}
WINDOWS: dict[str, Callable[[Click], None]] = {
    "priority.see": _see_priority,
    "draft.see": _see_draft,
    "draft.page": _see_draft,
    "priority.describe": _open_describe,
    "action.add": _open_action,
    "action.edit": _open_edit,
}
SUBMISSIONS: dict[str, Callable[[Submission], Answer]] = {"describe": _describe, "action": _action}
