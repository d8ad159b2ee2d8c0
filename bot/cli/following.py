"""`levers status` and `levers reminders`: where plans stand, and what will be sent to whom, when and why."""

import json
from datetime import datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.cli.running import Workspace, books
from bot.cli.surroundings import Surroundings, surroundings
from planning.plan import Status
from storage.schools import School, UnknownSchoolError, find_school

SchoolCode = Annotated[str | None, typer.Option("--school", help="Only this school, by its code.")]
AsJson = Annotated[bool, typer.Option("--json", help="One flat JSON array.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(status)
    app.command()(reminders)


def status(school: SchoolCode = None, as_json: AsJson = False, workspace: Workspace = None) -> None:
    """Where every plan stands, action by action."""
    here = surroundings(workspace)
    only = _school(here, school)
    rows: list[dict[str, Any]] = []
    with books(here).read() as ledger:
        for one in ledger.schools.all():
            plan = ledger.plans.live(one.id) if only is None or one.id == only.id else None
            if plan is None:
                continue
            for action in plan.actions:
                priority = next(p for p in plan.priorities if p.id == action.priority)
                rows.append(
                    {
                        "school": one.code,
                        "committed_at": plan.committed_at.isoformat(),
                        "priority": priority.indicator.name,
                        "domain": priority.indicator.domain,
                        "level": priority.level,
                        "target_level": priority.target_level,
                        "action": action.step.text,
                        "owner": action.step.owner,
                        "due": action.step.due.isoformat(),
                        "status": action.status.value,
                        "updated_at": action.updated_at.isoformat() if action.updated_at else None,
                    }
                )
    if as_json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        print(
            f"{row['school']}  {row['priority']}: {row['action']} ({row['owner']}, due {row['due']}): {row['status']}"
        )
    if not rows:
        print("No plan is committed yet.")


def reminders(
    school: SchoolCode = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Up to this local date.")] = None,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """What will be sent to whom, when (UTC and local) and why."""
    here = surroundings(workspace)
    only, now = _school(here, school), here.clock()
    last = None
    if until is not None:
        zone = ZoneInfo(only.time_zone if only and only.time_zone else here.settings.levers_time_zone)
        last = datetime.combine(until.date() + timedelta(days=1), time(), zone)
    with books(here).read() as ledger:
        found = ledger.reminders.to_come(now, last, only.id if only else None)
    rows = [
        {
            "school": row.code,
            "recipient": row.person,
            "kind": "check-in",
            "due_utc": row.due_at.isoformat(),
            "due_local": row.due_at.astimezone(ZoneInfo(row.zone)).isoformat(),
            "time_zone": row.zone,
            "action": row.text,
            "why": _why(row),
        }
        for row in found
    ]
    if as_json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for entry in rows:
        print(f"{entry['due_local']}  {entry['recipient']}  {entry['school']}: {entry['why']}")
    if not rows:
        print("Nothing is due to be sent.")


def _why(row: Any) -> str:
    if row.status == Status.PROPOSED.value:
        return f"Check-in on “{row.text}”, once its owner has accepted it"
    return f"Check-in on “{row.text}”, planned for {row.planned.isoformat()}"


def _school(here: Surroundings, code: str | None) -> School | None:
    if code is None:
        return None
    with here.database.read() as conn:
        found = find_school(conn, here.workspace, code)
    if found is None:
        raise UnknownSchoolError(code)
    return found
