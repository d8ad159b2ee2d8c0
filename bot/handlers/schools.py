"""One school as somebody sees it, and what they do about it: ask for an update, comment, show names, take a file."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.handlers import amending, home, refused
from bot.handlers.requests import Click, Command, Desk, Submission
from bot.messages.session import card_link
from bot.sentences import Mrkdwn, say
from bot.views import answers
from bot.views import plan as views
from bot.views.parts import section
from bot.views.school import SchoolOf, comment_window, window
from bot.views.updates import asked, reply_window
from planning.ledger import SchoolHere
from planning.people import OutsiderError
from planning.plan import CheckIn, Plan
from planning.scope import NotKnownError
from planning.session import Session
from planning.sift import Sift, mark
from planning.verbs import comment, reply, show_names, update
from planning.verbs.kept import known
from planning.verbs.start import at_channel
from planning.verbs.status_file import want
from storage.books import Ledger
from storage.standings import narrowed
from storage.tables.base import new_id

CSV = "--csv"


def status(command: Command) -> list[Block]:
    """`/levers status`: the channel's school, else everything that the person may see, or what they name.

    A school's code, a network's name or `all` name it; `--csv` sends it as a file. Raises NotKnownError alike for what
    is not there and for what they may not see.
    """
    named = " ".join(word for word in command.words[1:] if word != CSV)
    with command.desk.books.read() as ledger:
        here = ledger.schools.of_channel(command.channel)
        if here is not None and not named:
            at_channel(ledger, command.channel, command.who)
            named = here.code
        found = narrowed(ledger.view, ledger.people.scope(command.who), named).schools
        if CSV not in command.words and len(found) == 1:
            school = ledger.schools.load(found[0])
            return [
                *refused.waiting(ledger, command.who, school.id),
                *standing(ledger, school, command.who, command.desk.clock()),
            ]
        networks = [network for network in ledger.schools.networks() if network.casefold() == named.casefold()]
    if CSV in command.words:
        want(command.desk.books, command.who, named, command.desk.clock())
        return section(say("home.csv_wanted"))
    return home.answer(command.desk, command.who, Sift(network=mark(networks[0]) if networks else ""))


def standing(ledger: Ledger, school: SchoolHere, who: str, now: datetime) -> list[Block]:
    """Where a school's session and plan stand, as far as `who` may see it. Raises OutsiderError for a stranger."""
    viewer = ledger.people.viewer(who, school.id)
    if not viewer.knows_school:
        raise OutsiderError
    blocks = section(say("follow.mine_school", school=school.name))
    session, plan = ledger.sessions.open_at(school.id), ledger.plans.live(school.id)
    if session is not None:
        blocks += section(_session(ledger, session))
    if plan is not None:
        calendar = ledger.schools.calendar(school.id)
        days = (calendar.today(plan.committed_at), calendar.today(now))
        blocks += views.standing(plan, *days, _notes(ledger, plan), viewer)
    if session is None and plan is None:
        blocks += section(say("follow.status_none"))
    return blocks


def _open(click: Click) -> None:
    """`value` is the school, and /page after the first."""
    school, _, page = click.value.partition("/")
    click.show(_window(click.desk, click.who, school, int(page or 1)))


def _window(desk: Desk, who: str, school: str, page: int = 1) -> View:
    now = desk.clock()
    with desk.books.read() as ledger:
        viewer = ledger.people.viewer(who, school)
        if not viewer.knows_school:
            raise NotKnownError
        calendar, plan = ledger.schools.calendar(school), ledger.plans.live(school)
        session = ledger.sessions.open_at(school)
        comments = ledger.comments.newest([action.id for action in plan.actions]) if plan else {}
        shown = SchoolOf(
            ledger.schools.load(school).name,
            viewer,
            calendar.today(now),
            _session(ledger, session) if session else None,
            plan,
            calendar.today(plan.committed_at) if plan else None,
            _notes(ledger, plan) if plan else {},
            {action: one for action, one in comments.items() if viewer.sees_comment(one.person)},
            ledger.people.names_since(school),
            ledger.replies.newest(school),
        )
    return window(shown, page)


def _session(ledger: Ledger, session: Session) -> Mrkdwn:
    facts = {"state": session.state.value, "phase": session.phase.value.capitalize(), "number": session.phase.number}
    return say("follow.status_session", **facts, link=card_link(ledger, session) or "")


def _notes(ledger: Ledger, plan: Plan) -> dict[str, CheckIn]:
    return {one.action: one for one in ledger.plans.check_ins(plan.session)}


def _ask_overdue(click: Click) -> None:
    _told(click, asked(update.ask_overdue(click.desk.books, click.who, click.value, click.desk.clock())))


def _ask_leader(click: Click) -> None:
    leader = update.ask_leader(click.desk.books, click.who, click.value, click.desk.clock())
    _told(click, say("home.asked_leader", leader=leader))


def _ask_owner(click: Click) -> None:
    _ask(click, click.value)


def _ask(click: Click, action_id: str) -> None:
    _told(click, asked([update.ask_owner(click.desk.books, click.who, action_id, click.desk.clock())]))


def _told(click: Click, sentence: str) -> None:
    if click.in_window:
        click.open(answers.done(sentence))
    else:
        click.tell(sentence)


def _more(click: Click) -> None:
    """`value` is what to do, and the action."""
    what, _, action_id = click.value.partition("/")
    {"ask": _ask, "comment": _open_comment, **amending.MORE}[what](click, action_id)


def _open_comment(click: Click, action_id: str) -> None:
    with click.desk.books.read() as ledger:
        action, plan = known(ledger, action_id)
        if not ledger.people.viewer(click.who, plan.school).may_comment:
            raise OutsiderError
    click.open(comment_window(action, new_id()))


def _open_reply(click: Click) -> None:
    """`value` is the school, and who asked."""
    school, _, asker = click.value.partition("/")
    with click.desk.books.read() as ledger:
        if not ledger.people.viewer(click.who, school).sees_answers:
            raise OutsiderError
        name = ledger.schools.load(school).name
    click.open(reply_window(school, name, asker, new_id()))


def _reply(sent: Submission) -> dict[str, Any] | None:
    school, asker, request = (str(sent.about[name]) for name in ("school", "asker", "request"))
    reply.reply(sent.desk.books, sent.who, school, asker, sent.text("comment"), request, sent.desk.clock())
    return {"response_action": "update", "view": answers.done(say("home.replied", person=asker))}


def _comment(sent: Submission) -> dict[str, Any] | None:
    action, request = str(sent.about["action"]), str(sent.about["request"])
    text = comment.comment(sent.desk.books, sent.who, action, sent.text("comment"), request, sent.desk.clock())
    return {"response_action": "update", "view": answers.done(say("home.commented", text=text))}


def _showing(shown: bool) -> Callable[[Click], None]:
    def handle(click: Click) -> None:
        show_names.show_names(click.desk.books, click.who, click.value, shown, click.desk.clock())
        click.show(_window(click.desk, click.who, click.value))

    return handle


def _csv(click: Click) -> None:
    """`value` is the mark of a network, or a dash for all of them."""
    with click.desk.books.read() as ledger:
        named = next((one for one in ledger.schools.networks() if mark(one) == click.value), "")
    want(click.desk.books, click.who, named, click.desk.clock())
    _told(click, say("home.csv_wanted"))


CLICKS: dict[str, Callable[[Click], None]] = {
    "update.ask": _ask_owner,
    "update.ask_overdue": _ask_overdue,
    "update.ask_leader": _ask_leader,
    "names.show": _showing(True),
    "names.hide": _showing(False),
    "schools.csv": _csv,
}
WINDOWS: dict[str, Callable[[Click], None]] = {
    "school.open": _open,
    "school.page": _open,
    "school.more": _more,
    "update.reply": _open_reply,
    **dict.fromkeys(("schools.only", "schools.network", "schools.before", "schools.next"), home.turn),
}
SUBMISSIONS: dict[str, Callable[[Submission], dict[str, Any] | None]] = {"comment": _comment, "reply": _reply}
