"""`levers status` and `levers reminders`: where plans stand, and what will be sent to whom, when and why."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.cli.files import write_whole
from bot.cli.options import AsJson, Workspace, a_date, print_json
from bot.cli.surroundings import Surroundings, surroundings
from bot.documents.status_sheet import StatusSheet
from bot.messages import render
from bot.messages.follow import still_true
from planning.calendar import NOT_YET_KNOWN
from planning.messages import IN_CHANNELS, Delivery, Kind, Reason
from planning.scope import on_the_host
from planning.standing import ActionLine
from planning.verbs.reach import next_push, school_of
from storage.books import Ledger
from storage.reminders import reminder_of
from storage.schools import UnknownSchoolError, find_school
from storage.standings import action_lines

SchoolCode = Annotated[str | None, typer.Option("--school", help="Only this school, by its code.")]

_WHY = {
    Kind.HELD_REVIEW: "A review waits to be released",
    Kind.ACCEPTANCE: "Actions wait to be accepted",
    Kind.HELP_WANTED: "A blocked owner asks for help",
    Kind.HANDED_BACK: "An action was handed back",
    Kind.DECLINED: "A hand-over was declined",
    Kind.CHANGED: "Somebody else changed what an owner has taken on",
    Kind.NOT_ACCEPTED: "Actions that nobody has taken on by then go to the leader",
    Kind.YEAR_END: "The school year ends, and open actions are to be settled",
    Kind.DIGEST: "A leader's weekly digest",
    Kind.TEAM_CHECK: "Where the plan stands, for its team",
    Kind.STILL: "Nothing has been said about the plan for two school weeks",
    Kind.MONTHLY: "A reviewer's monthly message",
    Kind.OWNER_LEFT: "What somebody who left had owned goes to the leader",
    Kind.HELP_COMING: "Somebody answers an owner who asked for help",
    Kind.THANKS: "A leader thanks an owner",
    Kind.PAUSED: "Slack refuses messages to a channel or a person, which their leader can mend",
    Kind.COMMENT: "A word about an action, for its owner",
    Kind.UPDATE_WANTED: "Somebody outside of the school asks its leader how the plan goes",
    Kind.REPLY: "The leader's reply to whoever asked how the plan goes",
}
"""Messages that wait for their receiver's staff hours, and why they are sent."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(status)
    app.command()(reminders)


def status(
    school: SchoolCode = None,
    as_json: AsJson = False,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write a CSV file; - is standard output.")] = None,
    workspace: Workspace = None,
) -> None:
    """Where every plan stands, action by action; a CSV file has people's names, as far as Slack gave them."""
    here = surroundings(workspace)
    only = _school_id(here, school)
    with here.books.read() as ledger:
        schools = [only] if only else [one.id for one in ledger.schools.all()]
        lines = action_lines(ledger.view, on_the_host(tuple(schools)))
        sheet = StatusSheet("status", tuple(lines)).named(ledger.people.name_of)
    if csv is not None:
        _write(csv, sheet.csv())
    elif as_json:
        print_json([_row(one) for one in lines])
    else:
        for one in lines:
            print(f"{one.code}  {one.priority}: {one.text} ({one.owner}, due {one.due}): {one.status}")
    if not lines and not as_json:
        print("No plan is committed yet.", file=sys.stderr if csv else sys.stdout)


def _write(path: Path, content: bytes) -> None:
    if path == Path("-"):
        sys.stdout.buffer.write(content)
    else:
        write_whole(path, content)


def reminders(
    school: SchoolCode = None,
    until: Annotated[
        date | None, typer.Option(parser=a_date, help="Up to this local date, such as 2026-11-25.")
    ] = None,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """What will be sent to whom, when (UTC and local) and why.

    Of each action the next occasion of each kind is listed: the one after it depends on the answer. What an answer
    brings about, such as asking somebody for help, is listed once it was given, and a digest once there is something to
    tell. Owners get all of a week's questions in one message; busy days, breaks and their own hours are counted in, and
    what somebody turned down is not listed. People have the names that Slack last gave for them.
    """
    here = surroundings(workspace)
    only, now = _school_id(here, school), here.clock()
    try:
        # What follows from a change that a process did not live to come to.
        here.books.run_errands()
    except ExceptionGroup as failed:
        failures = len(failed.exceptions)
        which = "1 change" if failures == 1 else f"{failures} changes"
        print(f"What follows from {which} could not be worked out, and is not listed.", file=sys.stderr)
    with here.books.read() as ledger:
        zone = ledger.schools.load(only).time_zone if only else here.settings.levers_time_zone
        if until and until < now.astimezone(ZoneInfo(zone)).date():
            print(f"{until} has passed: all that was due until then was sent, or is sent now.", file=sys.stderr)
        last = datetime.combine(until + timedelta(days=1), time(), ZoneInfo(zone)) if until else None
        rows = [*_check_ins(ledger, now, last, only), *_others(ledger, now, last, only)]
        parked = sum(row.local_date == NOT_YET_KNOWN for row in ledger.reminders.to_come(now, None, only))
    rows.sort(key=lambda row: (row["due_utc"], row["recipient"]))
    if parked:
        print(f"{parked} more wait until the next school year is in the calendar.", file=sys.stderr)
    if as_json:
        print_json(rows)
        return
    if not rows:
        print("Nothing waits to be sent.")
        return
    _print_table([("UTC", "local", "to", "school", "why"), *map(_cells, rows)])


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    """A line of the table, with both clocks to the minute."""
    utc, local = (datetime.fromisoformat(row[clock]) for clock in ("due_utc", "due_local"))
    here = f"{local:%a %Y-%m-%d %H:%M} {row['time_zone']}"
    return f"{utc:%Y-%m-%d %H:%M}", here, row["name"], row["school"], row["why"]


def _print_table(lines: Sequence[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _row(one: ActionLine) -> dict[str, Any]:
    return {
        "school": one.code,
        "network": one.network,
        "committed_at": one.committed_at.isoformat(),
        "priority": one.priority,
        "domain": one.domain,
        "level": one.level,
        "target_level": one.target_level,
        "action": one.text,
        "owner": one.owner,
        "due": one.due.isoformat(),
        "status": one.status.value,
        "updated_at": one.updated_at.isoformat() if one.updated_at else None,
    }


def _check_ins(ledger: Ledger, now: datetime, last: datetime | None, only: str | None) -> Iterator[dict[str, Any]]:
    for row in ledger.reminders.to_come(now, last, only):
        action = ledger.plans.action(row.action_id)
        plan = ledger.plans.of_session(action.session)
        sent = plan is not None and still_true(ledger, plan, action, reminder_of(row), row.due_at)
        if row.local_date == NOT_YET_KNOWN or not sent:
            continue
        why = f"{_ASKED_BECAUSE[Reason(row.reason)]} “{row.text}”"
        name = ledger.people.name_of(row.person)
        yield _line(row.code, row.person, name, Kind.CHECK_IN, row.due_at, row.zone, row.text, why)


def _others(ledger: Ledger, now: datetime, last: datetime | None, only: str | None) -> Iterator[dict[str, Any]]:
    for delivery in ledger.deliveries.to_come(now, last):
        wanted = delivery.wanted
        if wanted.kind not in _WHY or render(ledger, delivery, wanted.due) is None:
            continue
        due = next_push(ledger, delivery, wanted.due)
        for school in map(ledger.schools.load, _schools_of(ledger, delivery)):
            known = ledger.schools.calendar(school.id).today(due) < NOT_YET_KNOWN
            if known and only in (None, school.id):
                to, why = wanted.recipient, _WHY[wanted.kind]
                name = "the team's channel" if wanted.kind in IN_CHANNELS else ledger.people.name_of(to)
                yield _line(school.code, to, name, wanted.kind, due, school.time_zone, None, why)


def _schools_of(ledger: Ledger, delivery: Delivery) -> list[str]:
    """The schools that a message is about: of a digest or a monthly message every one that its reader knows."""
    about = school_of(ledger, delivery)
    if about is not None:
        return [about]
    known = ledger.schools.known_to(delivery.wanted.recipient)
    return [school.id for school in known if ledger.plans.live(school.id)]


_ASKED_BECAUSE = {
    Reason.CHECK_IN: "Check-in on",
    Reason.HEADS_UP: "Heads-up before the due date of",
    Reason.OVERDUE: "Once past the due date of",
    Reason.SESSION: "Before the next session, on",
    Reason.WANTED: "A leader wants to know about",
}


def _line(
    school: str, recipient: str, name: str, kind: Kind, due: datetime, zone: str, action: str | None, why: str
) -> dict[str, Any]:
    return {
        "school": school,
        "recipient": recipient,
        "name": name,
        "kind": kind.value,
        "due_utc": due.isoformat(),
        "due_local": due.astimezone(ZoneInfo(zone)).isoformat(),
        "time_zone": zone,
        "action": action,
        "why": why,
    }


def _school_id(here: Surroundings, code: str | None) -> str | None:
    if code is None:
        return None
    with here.database.read() as conn:
        found = find_school(conn, here.workspace, code)
    if found is None:
        raise UnknownSchoolError(code)
    return found.id
