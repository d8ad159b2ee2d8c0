"""The committed plan: read it, change it action by action, and read what was changed."""

from collections.abc import Callable
from datetime import date

from slack_sdk.models.views import View

from bot.documents.reading import about
from bot.handlers.filling import Again, Answer, as_opened, kept, moved_under, show, told_where
from bot.handlers.requests import Click, Gesture, Submission
from bot.sentences import say
from bot.views import amending, answering, answers, drafting
from bot.views import plan as views
from bot.views.drafting import Filled
from planning.history import Change, concerns, readable
from planning.people import OutsiderError, Viewer
from planning.plan import Action, Plan
from planning.verbs import amend
from planning.verbs.kept import known, plan_of
from storage.books import Ledger
from storage.tables.base import new_id


def _see_plan(click: Click) -> None:
    """`value` is the plan, and /page after the first."""
    plan_id, _, page = click.value.partition("/")
    click.show(_whole(click, plan_id, int(page or 1)))


def _whole(asked: Gesture, plan_id: str, page: int | str) -> View:
    with asked.desk.books.read() as ledger:
        plan = ledger.plans.load(plan_id)
        viewer = ledger.people.viewer(asked.who, plan.school)
        if not viewer.sees_owners:
            raise OutsiderError
        return views.window(plan, *about(ledger, plan), viewer, page)


def _show_beneath(sent: Submission, action_id: str) -> None:
    """Bring the plan's window, where this one was opened from it, up to date: the page with the action."""

    def plan_now() -> View:
        with sent.desk.books.read() as ledger:
            _action, plan = known(ledger, action_id)
        return _whole(sent, plan.id, action_id)

    sent.refresh_beneath(plan_now)


def _more(click: Click) -> None:
    """`value` is what to do, and the action."""
    what, _, action_id = click.value.partition("/")
    MORE[what](click, action_id)


def _open_change(click: Click, action_id: str) -> None:
    with click.desk.books.read() as ledger:
        action, plan, viewer = _of_plan(ledger, action_id, click.who)
    show(click, amending.change(action, plan.priorities, by_owner=not viewer.sees_answers))


def _another_date(click: Click) -> None:
    """`value` is the action."""
    _open_change(click, click.value)


def _change(sent: Submission) -> Answer:
    books, now, by_owner = sent.desk.books, sent.desk.clock(), bool(sent.about["by_owner"])
    action_id, seen = str(sent.about["action"]), str(sent.about["seen"])

    def around(ledger: Ledger) -> tuple[str, Again]:
        action, plan, _viewer = _of_plan(ledger, action_id, sent.who)
        opened_on, priorities = as_opened(sent, action), plan.priorities
        return plan.school, lambda filled: amending.change(
            opened_on, priorities, by_owner=by_owner, filled=filled, seen=seen
        )

    def keep(filled: Filled, due: date) -> Answer:
        step, why = filled.step(due), filled.why
        under = moved_under(sent)
        changed = amend.change(
            books, sent.who, action_id, step, why, now, seen=seen, owned_only=by_owner, priority=under
        )
        _show_beneath(sent, action_id)
        return _unless_at_school(changed)

    return kept(sent, around, keep)


def _open_find_owner(click: Click, action_id: str) -> None:
    with click.desk.books.read() as ledger:
        action, _plan, viewer = _of_plan(ledger, action_id, click.who)
    if not viewer.sees_answers:
        raise amend.NotLeaderError
    click.open(answering.hand_over(action, by_leader=True))


def _open_drop(click: Click, action_id: str) -> None:
    with click.desk.books.read() as ledger:
        action, _plan, viewer = _of_plan(ledger, action_id, click.who)
    if not viewer.sees_answers:
        raise amend.NotLeaderError
    click.open(amending.drop(action))


def _drop(sent: Submission) -> Answer:
    action_id = str(sent.about["action"])
    amend.drop(sent.desk.books, sent.who, action_id, sent.text("why"), sent.desk.clock())
    _show_beneath(sent, action_id)
    return None


def _take_up(click: Click, action_id: str) -> None:
    amend.take_up(click.desk.books, click.who, action_id, click.desk.clock())
    with click.desk.books.read() as ledger:
        _action, plan = known(ledger, action_id)
    click.show(_whole(click, plan.id, action_id))


def _turn_history(click: Click) -> None:
    """`value` is the action, and the page."""
    action_id, _, page = click.value.partition("/")
    click.update(_history(click, action_id, int(page)))


def _open_history(click: Click, action_id: str) -> None:
    click.open(_history(click, action_id, 1))


def _see_history(click: Click) -> None:
    _open_history(click, click.value)


def _history(click: Click, action_id: str, page: int) -> View:
    with click.desk.books.read() as ledger:
        action = ledger.plans.action(action_id)
        plan = plan_of(ledger, action)
        viewer = ledger.people.viewer(click.who, plan.school)
        if not concerns(viewer, action):
            raise amend.NotLeaderError
        calendar = ledger.schools.calendar(plan.school)
        said = (Change(action.id, one.person, one.at, (), one.text) for one in ledger.comments.of(action.id))
        told = [*readable(ledger.plans.history(action.id), viewer), *said]
        changes = [(calendar.today(one.at), one) for one in sorted(told, key=lambda one: one.at, reverse=True)]
    return amending.history(action, calendar.today(plan.committed_at), changes, plan.names, page)


def _open_add(click: Click) -> None:
    """`value` is the plan."""
    with click.desk.books.read() as ledger:
        plan = ledger.plans.load(click.value)
        if not ledger.people.viewer(click.who, plan.school).sees_answers:
            raise amend.NotLeaderError
    show(click, drafting.new_action("add_to_plan", plan.priorities, plan.priorities[0].id, new_id()))


def _add(sent: Submission) -> Answer:
    books, now, link, request = sent.desk.books, sent.desk.clock(), str(sent.about["link"]), str(sent.about["request"])
    chosen = str(sent.about["priority"]) or sent.chosen("priority")

    def around(ledger: Ledger) -> tuple[str, Again]:
        priorities = ledger.plans.priorities(str(sent.about["session"]))
        school = ledger.sessions.load(str(sent.about["session"])).school
        return school, lambda filled: drafting.new_action("add_to_plan", priorities, chosen, request, filled, link)

    def keep(filled: Filled, due: date) -> Answer:
        added = amend.add(books, sent.who, chosen, filled.step(due), request, now, link)
        _show_beneath(sent, added.action.id)
        return _unless_at_school(added)

    return told_where(sent, kept(sent, around, keep))


def _unless_at_school(done: amend.Kept) -> Answer:
    """Say that an action, which is kept as it is, is due when there is no school; nothing on a school day."""
    if done.closed is None:
        return None
    said = say("modal.due_when_closed", due=done.action.step.due, closed=done.closed)
    return {"response_action": "update", "view": answers.done(said)}


def _of_plan(ledger: Ledger, action_id: str, who: str) -> tuple[Action, Plan, Viewer]:
    action, plan = known(ledger, action_id)
    viewer = ledger.people.viewer(who, plan.school)
    if not concerns(viewer, action):
        raise amend.NotLeaderError
    return action, plan, viewer


MORE: dict[str, Callable[[Click, str], None]] = {
    "change": _open_change,
    "history": _open_history,
    "find_owner": _open_find_owner,
    "drop_from_plan": _open_drop,
    "take_up": _take_up,
}
"""What the menus beside a committed action lead to here, by the first word of the option's value."""
WINDOWS: dict[str, Callable[[Click], None]] = {
    "plan.see": _see_plan,
    "plan.page": _see_plan,
    "plan.more": _more,
    "plan.add": _open_add,
    "check_in.another_date": _another_date,
    "history.see": _see_history,
    "history.page": _turn_history,
}
SUBMISSIONS: dict[str, Callable[[Submission], Answer]] = {"amend": _change, "add_to_plan": _add, "drop": _drop}
CHANGING_HOME = (_change,)
"""After these the Home tab, from which the window may have been opened, is brought up to date."""
