"""Many schools with plans, written in bulk: what one school's pages must not notice."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from planning.plan import Status
from storage.tables.people import channels, members, roles
from storage.tables.plans import actions, check_ins, plans, priorities
from storage.tables.reviews import reviews, schools
from storage.tables.sessions import sessions

ACTIONS = 5
NETWORKS = 40
STATUSES = (Status.ON_TRACK, Status.BLOCKED, Status.DONE, Status.NOT_STARTED, Status.PROPOSED)


def fill(conn: Connection, workspace: str, first: int, last: int, now: datetime, reviewer: str = "UREVIEWER") -> None:
    """Keep the schools numbered `first` up to `last`, each with a team, leaders and a plan of five actions.

    Every school has a principal and owners of its own; `reviewer` reviewed one in every 250.
    """
    rows: dict[Any, list[dict[str, Any]]] = {
        table: []
        for table in (schools, reviews, sessions, channels, members, roles, plans, priorities, actions, check_ins)
    }
    for number in range(first, last):
        for table, row in _school(number, now, reviewer):
            rows[table].append({"workspace": workspace, **row})
    for table, found in rows.items():
        for at in range(0, len(found), 2000):
            conn.execute(insert(table), found[at : at + 2000])


def _school(n: int, now: datetime, reviewer: str) -> Iterator[tuple[Any, dict[str, Any]]]:
    school, session, priority, channel = f"school{n}", f"session{n}", f"priority{n}", f"C{n}"
    committed = now - timedelta(days=n % 60)
    name, network = f"{_NAMES[n % len(_NAMES)]} School {n}", f"Network {n % NETWORKS}"
    yield schools, {"id": school, "code": f"S{n}", "code_key": f"s{n}", "name": name, "network": network}
    yield (
        reviews,
        {
            "id": f"review{n}",
            "school_id": school,
            "date": date(2026, 9, 1),
            "rubric_id": "personalized-learning",
            "rubric_version": "1",
            "digest": f"{n}",
            "imported_at": committed,
            "released_at": committed,
        },
    )
    yield (
        sessions,
        {
            **_SESSION,
            "id": session,
            "school_id": school,
            "review_id": f"review{n}",
            "channel": channel,
            "opened_at": committed,
        },
    )
    yield channels, {"channel": channel, "school_id": school, "connected_by": "UADMIN", "connected_at": committed}
    yield roles, {"school_id": school, "person": f"UPRINCIPAL{n}", "role": "principal"}
    if n % 250 == 0:
        yield roles, {"school_id": school, "person": reviewer, "role": "reviewer"}
    for place in range(ACTIONS):
        yield members, {"channel": channel, "person": f"UOWNER{n}x{place}"}
    yield (
        plans,
        {
            "id": f"plan{n}",
            "school_id": school,
            "session_id": session,
            "committed_by": f"UPRINCIPAL{n}",
            "committed_at": committed,
        },
    )
    yield (
        priorities,
        {
            "id": priority,
            "session_id": session,
            "place": 1,
            "domain": "Culture",
            "indicator": "Peer Support",
            "level": "Developing",
            "root_cause": "Why",
            "goal": "What for",
            "target_level": "Applying",
            "measure": "How",
        },
    )
    for place in range(ACTIONS):
        action, status = f"action{n}x{place}", STATUSES[(n + place) % len(STATUSES)]
        said = committed + timedelta(hours=1)
        yield (
            actions,
            {
                **_ACTION,
                "id": action,
                "priority_id": priority,
                "session_id": session,
                "place": place,
                "owner": f"UOWNER{n}x{place}",
                "due": now.date() + timedelta(days=(n + place * 7) % 60 - 10),
                "status": status.value,
                "updated_at": said if status is not Status.PROPOSED else None,
            },
        )
        yield (
            check_ins,
            {
                "id": f"said{n}x{place}",
                "action_id": action,
                "person": f"UOWNER{n}x{place}",
                "status": status.value,
                "note": "Half of it is written",
                "at": said,
            },
        )


_NAMES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fern", "Ginkgo", "Hazel")
_ACTION = {
    "text": "Write three shared unit plans",
    "supporters": [],
    "cadence": "every two weeks",
    "resources": "",
    "shown_by": "The plans",
    "refused": False,
    "outside": "",
    "link": "",
    "taken_out": False,
}
_SESSION = {
    "facilitator": "UADMIN",
    "phase": "commit",
    "step": 7,
    "state": "committed",
    "round": 1,
    "shortlist_size": 8,
    "dots": 5,
    "cap": 3,
    "priorities": 3,
    "everyone_votes": False,
    "advises": False,
    "off_table": "",
    "settled_by": "",
    "guests": [],
}
