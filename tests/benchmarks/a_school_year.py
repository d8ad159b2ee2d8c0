"""The windows around a plan while it is carried out: rest, help, what leaders do with it, and the school's time."""

from planning.verbs import share
from tests.benchmarks import a_whole_session as half_day
from tests.benchmarks.a_whole_session import Play, State, chosen, several, typed
from tests.planning.school import PRINCIPAL, REVIEWER, TEACHERS


def day(date: str) -> State:
    """A day is chosen."""
    return {"selected_date": date}


def hour(wall: str) -> State:
    """An hour is chosen."""
    return {"selected_time": wall}


def rest(play: Play) -> None:
    """An owner snoozes an action, is away for a while and says when to be asked; the principal helps."""
    owner, action = TEACHERS[0], play.school.read(lambda ledger: ledger.plans.live(play.school.id)).actions[0].id
    play.send(PRINCIPAL, play.press(PRINCIPAL, "help.on_it", action), note=typed("We look at it on Friday"))
    play.send(owner, play.press(owner, "check_in.snooze", action), until=day("2026-12-15"))
    play.send(owner, play.press(owner, "rest.away"), until=day("2026-12-16"))
    quiet = {"quiet_from": hour("18:00"), "quiet_until": hour("07:00"), "ask_at": hour("15:00")}
    play.send(owner, play.press(owner, "hours.open"), **quiet)
    window = play.press(PRINCIPAL, "rest.preferences")
    offered = {name: element["options"] for name, element in _menus(window).items()}
    picked = {name: chosen(offered[name][0]["value"]) for name in ("day", "hour")}
    play.send(PRINCIPAL, window, **picked, wanted=several(*(one["value"] for one in offered["wanted"])))


def lead(play: Play) -> None:
    """The principal comments, takes the plan as a file, closes a priority and opens it again, and shares the school."""
    plan = play.school.read(lambda ledger: ledger.plans.live(play.school.id))
    action, priority = plan.actions[0].id, plan.priorities[0].id
    window = play.press(PRINCIPAL, "school.more", f"comment/{action}")
    play.send(PRINCIPAL, window, comment=typed("The second unit plan shows it best"))
    window = play.press(PRINCIPAL, "update.reply", f"{play.school.id}/{REVIEWER}")
    play.send(PRINCIPAL, window, comment=typed("Well: two of three are done"))
    play.send(PRINCIPAL, play.press(PRINCIPAL, "document.open", plan.id), form=chosen("xlsx"))
    play.send(PRINCIPAL, play.press(PRINCIPAL, "priority.close", priority), how=typed("The coaches keep it up"))
    play.send(PRINCIPAL, play.press(PRINCIPAL, "priority.close", priority), why=typed("Two grades have slipped"))
    code = share.code_of(play.school.books, REVIEWER)
    play.send(PRINCIPAL, play.say(PRINCIPAL, "share"), code=typed(code), called=typed("Ines Caldera"), until=day(""))


def school_time(play: Play) -> None:
    """The principal enters a closed day, the school's hours, and the day of the next session."""
    school = play.school.id
    closed = {"kind": chosen("closed"), "first": day("2027-03-01"), "last": {}, "name": typed("Snow")}
    play.send(PRINCIPAL, play.press(PRINCIPAL, "calendar.add", school), **closed)
    times = {"staff_from": hour("07:30"), "staff_until": hour("16:30"), "day_ends": hour("15:15")}
    hours: dict[str, State] = {**times, "country": typed("US"), "state": typed("IL")}
    play.send(PRINCIPAL, play.press(PRINCIPAL, "calendar.hours", school), **hours)
    play.send(PRINCIPAL, play.press(PRINCIPAL, "session.set_day"), day=day("2027-05-04"))


def _menus(window: State) -> dict[str, State]:
    return {block["block_id"]: block["element"] for block in window["blocks"] if block["type"] == "input"}


PARTS = (
    *(half_day.connect, half_day.focus, half_day.vote, half_day.choose, half_day.follow_up),
    *(rest, lead, school_time, half_day.cancel),
)
"""A session from beginning to end, and the months after it."""
