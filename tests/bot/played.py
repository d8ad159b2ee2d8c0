"""A rehearsed session, step by step, as people press it: each step leaves the session in the next phase."""

import json
from typing import Any

from tests.bot.rehearsal.visitor import Visitor
from tests.bot.stage import VOTERS, Stage

LEADERSHIP = {
    "principal": "UPRINCIPAL1",
    "backup": "UCOACH1",
    "reviewers": ["UREVIEWER1"],
    "coaches": ["UCOACH1"],
    "district": ["UDISTRICT1"],
}


def connect(stage: Stage) -> Visitor:
    """The reviewer, who is the administrator, connects the channel."""
    reviewer = stage.visitor()
    reviewer.wait_for_text("Connect this channel")
    ok(reviewer.click("channel.connect"))
    modal = reviewer.wait_for_modal("connect")
    assert "school" in json.dumps(modal)
    ok(reviewer.submit({"school": stage.read(stage.school_id), **LEADERSHIP}))
    reviewer.wait_for_text("is connected to")
    return reviewer


def release(stage: Stage) -> None:
    """The reviewer releases the held review."""
    reviewer = stage.visitor()
    reviewer.wait_for_text("is held", "dm")
    ok(reviewer.click("review.release", channel="dm"))
    reviewer.wait_for_text("Open the session")


def start(stage: Stage, facilitator: str = "UREVIEWER1", **rules: Any) -> None:
    """Somebody opens the session."""
    visitor = stage.visitor(facilitator)
    ok(visitor.command("/levers start"))
    visitor.wait_for_modal("start")
    ok(visitor.submit(rules))
    visitor.wait_for_text("1 of 7")


def gather(stage: Stage, people: tuple[str, ...] = VOTERS) -> None:
    """People press *I'm here*."""
    for person in people:
        ok(stage.visitor(person).click("session.join"))


def go_on(stage: Stage, heading: str, facilitator: str = "UREVIEWER1") -> None:
    """The facilitator goes on to the phase whose card is headed `heading`."""
    visitor = stage.visitor(facilitator)
    ok(visitor.click("steer.open"))
    visitor.wait_for_modal("steer")
    ok(visitor.submit())
    visitor.wait_for_text(heading)


def to_vote(stage: Stage) -> None:
    """From the start to an open vote, with everybody here."""
    connect(stage)
    release(stage)
    start(stage)
    gather(stage)
    for heading in ("2 of 7", "3 of 7", "4 of 7"):
        go_on(stage, heading)


def vote(stage: Stage, ballots: dict[str, dict[int, int]]) -> None:
    """Each person places dots on shortlist places (from 0)."""
    for person, dots in ballots.items():
        voter = stage.visitor(person)
        ok(voter.click("ballot.open"))
        voter.wait_for_modal("ballot")
        ok(voter.submit({f"dots-{place}": str(count) for place, count in dots.items()}))
        voter.wait_for_modal("ballot_kept")
        voter.close(everything=True)


def choose(stage: Stage, places: list[int], **fields: str) -> None:
    """The facilitator writes the choice down."""
    reviewer = stage.visitor()
    ok(reviewer.click("choice.open"))
    listed = [option["value"] for option in options(reviewer.wait_for_modal("choice"), "chosen")]
    ok(reviewer.submit({"chosen": [listed[place] for place in places], **fields}))
    reviewer.wait_for_text("Chosen:")


def options(window: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """What the select of the window's field `name` offers."""
    element = next(b for b in window["blocks"] if b["block_id"] == name)["element"]
    groups = [element] if "options" in element else element["option_groups"]
    found: list[dict[str, Any]] = [one for group in groups for one in group["options"]]
    return found


def draft(stage: Stage, owners: tuple[str, ...], due: str = "2027-01-29") -> None:
    """Describe every priority and give each an action with the next of `owners`."""
    reviewer = stage.visitor()
    priorities = stage.read(lambda ledger: ledger.plans.priorities(stage.session().id))
    for priority, owner in zip(priorities, owners, strict=True):
        ok(reviewer.click("priority.describe", value=priority.id))
        reviewer.wait_for_modal("describe")
        ok(
            reviewer.submit(
                {
                    "root_cause": "Units plan the teacher's steps, not the learner's.",
                    "goal": "Every learner explains their own thinking every day.",
                    "target_level": "Applying",
                    "measure": "In eight of ten visited classrooms learners do the explaining.",
                }
            )
        )
        ok(reviewer.click("action.add", value=priority.id))
        reviewer.wait_for_modal("action")
        ok(
            reviewer.submit(
                {
                    "text": f"Plan one shared unit for {priority.indicator.name}",
                    "owner": owner,
                    "due": due,
                    "cadence": "every week",
                    "shown_by": "The unit and three samples of learners' work",
                }
            )
        )


def to_plan(stage: Stage) -> None:
    """Everything from the connected channel to the plan phase, with three clear priorities."""
    to_vote(stage)
    vote(stage, {person: {0: 2, 1: 2, 2: 1} for person in VOTERS})
    go_on(stage, "5 of 7")
    choose(stage, [0, 1, 2])
    go_on(stage, "6 of 7")


def to_commit(stage: Stage, owners: tuple[str, ...] = ("UTEACHER1", "UTEACHER2", "UCOACH1")) -> None:
    """Everything up to the committed plan."""
    to_plan(stage)
    draft(stage, owners)
    go_on(stage, "7 of 7")
    go_on(stage, "Action plan")


def ok(answer: dict[str, Any]) -> None:
    """A gesture that must have worked."""
    assert answer["ok"], answer
