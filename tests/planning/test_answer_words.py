"""An answer in plain words: nothing that somebody wrote is let go of, and nothing is guessed."""

import pytest

from planning.answer_words import meant, understood
from planning.plan import Action, Status
from tests.planning.school import step

UNIT = Action("unit", "p", "s", 1, step("UANA", "Plan one shared unit"), Status.ON_TRACK)
POSTERS = Action("posters", "p", "s", 2, step("UANA", "Hang the posters"), Status.ON_TRACK)


@pytest.mark.parametrize(
    ("written", "status", "note"),
    [
        ("on track", Status.ON_TRACK, ""),
        ("Done with the unit: three samples", Status.DONE, "three samples"),
        ("blocked because the copier is broken", Status.BLOCKED, "because the copier is broken"),
        ("At risk - no substitute this week", Status.AT_RISK, "no substitute this week"),
        ("blocked, waiting for the district", Status.BLOCKED, "waiting for the district"),
        (
            "stuck – the unit needs the library: it is closed",
            Status.BLOCKED,
            "the unit needs the library: it is closed",
        ),
        ("done the unit", Status.DONE, ""),
    ],
)
def test_what_follows_the_status_is_the_note_unless_it_only_names_the_action(
    written: str, status: Status, note: str
) -> None:
    said = understood(written)
    assert said is not None
    settled, _ = meant(said, [UNIT])
    assert (settled.status, settled.note) == (status, note)


def test_the_words_lead_to_the_action_that_they_name_and_else_each_is_offered() -> None:
    named, unnamed = understood("done with the posters"), understood("blocked because of the copier")
    assert named is not None and unnamed is not None
    assert meant(named, [UNIT, POSTERS]) == (named, [POSTERS])
    assert meant(unnamed, [UNIT, POSTERS])[1] == [UNIT, POSTERS]


def test_what_begins_with_no_status_is_not_understood() -> None:
    assert understood("it went sideways") is None
