"""Every window of a session and of the plan after it, opened and sent once: what is timed, gesture by gesture."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import App

from bot.handlers.requests import Desk
from planning.verbs import follow
from tests.benchmarks.hand import Slack, click, command, milliseconds, submission
from tests.planning.school import BACKUP, COACH, NOW, PRINCIPAL, REVIEWER, TEACHERS, School

State = dict[str, Any]


def chosen(value: str) -> State:
    """An option is chosen."""
    return {"selected_option": {"value": value}}


def several(*values: str) -> State:
    """Options are ticked."""
    return {"selected_options": [{"value": value} for value in values]}


def typed(text: str) -> State:
    """Something is typed."""
    return {"value": text}


def person(who: str) -> State:
    """A person is picked."""
    return {"selected_user": who}


ACTION = {
    "text": typed("Write three shared unit plans"),
    "owner": person("UANA"),
    "due": {"selected_date": "2027-02-01"},
    "cadence": chosen("every week"),
    "shown_by": typed("The plans"),
}


@dataclass
class Play:
    """One school's people at `app`. `after` is called after each gesture; `times` are milliseconds by gesture."""

    app: App
    desk: Desk
    slack: Slack
    school: School
    after: Callable[[], None] = lambda: None
    times: list[tuple[str, float]] = field(default_factory=list)

    def press(self, who: str, action: str, value: str = "", **more: Any) -> State:
        """Somebody presses a button; the window that it opened."""
        self._timed(f"opening {action}", click(who, action, value, **more))
        return self.slack.windows[-1] if self.slack.windows else {}

    def say(self, who: str, words: str) -> State:
        """Somebody types a command; the window that it opened."""
        self._timed(f"opening /levers {words}", command(who, words))
        return self.slack.windows[-1]

    def send(self, who: str, window: State, **fields: State) -> None:
        """Somebody sends a window, which must be taken."""
        response = self._timed(f"sending {window['callback_id']}", submission(who, window, fields))
        assert '"errors"' not in (response.body or ""), response.body

    def _timed(self, name: str, body: State) -> Any:
        elapsed, response = milliseconds(self.app, body)
        assert response.status == 200, (name, response)
        self.desk.afterwards.wait()
        self.times.append((name, elapsed))
        self.after()
        return response


def connect(play: Play) -> None:
    """The channel is connected and the session opened."""
    window = play.say(REVIEWER, "connect")
    leaders = {"principal": person(PRINCIPAL), "backup": person(BACKUP)}
    several_people = {"coaches": {"selected_users": [COACH]}, "reviewers": {"selected_users": [REVIEWER]}}
    play.send(REVIEWER, window, school=chosen(play.school.id), **leaders, **several_people)
    numbers = {"shortlist": typed("8"), "dots": typed("5"), "cap": typed("3"), "priorities": typed("3")}
    window = play.say(REVIEWER, "start")
    play.send(REVIEWER, window, pace=chosen("no timers"), review=_first(window, "review"), **numbers)
    for who in (PRINCIPAL, *TEACHERS):
        play.press(who, "session.join", at(play))


def focus(play: Play) -> None:
    """The shortlist is shaped."""
    steer(play, 2)
    teacher, mark = TEACHERS[0], play.school.session().shortlist[0].indicator.mark
    window = play.press(teacher, "shortlist.add", at(play))
    play.send(teacher, window, indicator=_first(window, "indicator"), reason=typed("We saw it in lessons"))
    window = play.press(teacher, "shortlist.remove", at(play))
    play.send(teacher, window, indicator=chosen(play.school.session().shortlist[-1].indicator.mark), reason=typed("No"))
    play.press(teacher, "evidence.open", f"{play.school.session().id}/0")
    window = play.press(teacher, "concern.open", f"{play.school.session().id}/{mark}")
    play.send(teacher, window, concern=typed("Newcomers start behind"), named=chosen("named"))
    window = play.press(PRINCIPAL, "word.open", at(play))
    play.send(PRINCIPAL, window, vote=chosen("decides"), off_table=typed("The bell schedule"))


def vote(play: Play) -> None:
    """Everybody votes, on paper too."""
    steer(play)
    for name, fields in {
        "guests": {"guests": typed("Noor Haddad\nPat Lindqvist")},
        "paper": {"ballots": typed("2"), "dots-0": typed("3")},
        "excuse": {"people": {"selected_users": []}},
        "timer": {"minutes": typed("10")},
    }.items():
        window = play.press(REVIEWER, f"steer.{name}", at(play))
        play.send(REVIEWER, window, **fields)
    for who in (PRINCIPAL, *TEACHERS):
        window = play.press(who, "ballot.open", at(play))
        play.send(who, window, **{"dots-0": chosen("2"), "dots-1": chosen("2")})


def choose(play: Play) -> None:
    """Two priorities are chosen, and the plan is written."""
    steer(play)
    window = play.press(TEACHERS[0], "grid.open", at(play))
    inputs = (block["block_id"] for block in window["blocks"] if block["type"] == "input")
    play.send(TEACHERS[0], window, **{name: chosen("2") for name in inputs})
    marks = [entry.indicator.mark for entry in play.school.session().shortlist[:2]]
    window = play.press(REVIEWER, "choice.open", at(play))
    play.send(REVIEWER, window, chosen=several(*marks))
    window = play.press(REVIEWER, "steer.deferred", at(play))
    play.send(REVIEWER, window)
    steer(play)
    priorities = play.school.read(lambda ledger: ledger.plans.priorities(play.school.session().id))
    for priority in priorities:
        window = play.press(REVIEWER, "priority.describe", priority.id)
        texts = {name: typed("So that learners explain") for name in ("root_cause", "goal", "measure")}
        play.send(REVIEWER, window, target_level=chosen("Mastering"), **texts)
        window = play.press(TEACHERS[0], "action.add", priority.id)
        play.send(TEACHERS[0], window, **ACTION)
    window = play.press(REVIEWER, "steer.hand_over", at(play))
    play.send(REVIEWER, window, to=person(COACH))


def follow_up(play: Play) -> None:
    """The plan is committed, its actions are taken on, answered, changed, and given away."""
    steer(play, 2, COACH)
    plan = play.school.read(lambda ledger: ledger.plans.live(play.school.id))
    owner, (first, second) = TEACHERS[0], [action.id for action in plan.actions]
    window = play.press(owner, "acceptance.hand_back", second)
    play.send(owner, window, reason=typed("Too much on my plate"))
    follow.accept(play.school.books, owner, first, NOW)
    window = play.press(owner, "check_in.blocked", first)
    play.send(owner, window, note=typed("No time in the timetable"), helper=person(PRINCIPAL))
    window = play.press(PRINCIPAL, "plan.more", f"change/{first}")
    play.send(PRINCIPAL, window, **ACTION, why=typed("Later"))
    window = play.press(PRINCIPAL, "plan.add", plan.id)
    another = ACTION | {"text": typed("Visit each other's lessons"), "priority": chosen(plan.priorities[0].id)}
    play.send(PRINCIPAL, window, **another)
    window = play.press(PRINCIPAL, "action.find_owner", second)
    play.send(PRINCIPAL, window, to=person(TEACHERS[1]))
    window = play.press(PRINCIPAL, "plan.more", f"drop_from_plan/{second}")
    play.send(PRINCIPAL, window, why=typed("It is done elsewhere"))


def cancel(play: Play) -> None:
    """Another session begins and is called off."""
    play.school.started()
    window = play.press(REVIEWER, "steer.cancel", at(play))
    play.send(REVIEWER, window, reason=typed("Snowed in"))


def steer(play: Play, times: int = 1, facilitator: str = REVIEWER) -> None:
    """The facilitator goes on."""
    for _ in range(times):
        window = play.press(facilitator, "steer.open", at(play))
        play.send(facilitator, window)


def at(play: Play) -> str:
    """What the buttons of the current card carry."""
    session = play.school.session()
    return f"{session.id}/{session.step}"


def _first(window: State, name: str) -> State:
    blocks = [block for block in window["blocks"] if block.get("block_id", "").partition("/")[0] == name]
    element = blocks[0]["element"] if blocks else {}
    offered = element.get("options") or [one for group in element.get("option_groups", ()) for one in group["options"]]
    return chosen(offered[0]["value"]) if offered else {}
