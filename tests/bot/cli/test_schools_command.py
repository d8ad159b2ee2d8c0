"""`levers schools`: list them, add one, set what is known of one."""

from pathlib import Path

from tests.bot.cli.command_line import levers


def test_a_school_is_added_set_and_listed(tmp_path: Path) -> None:
    added = levers(tmp_path, "schools", "add", "JUNIPER", "--name", "Juniper Hills School")
    assert added.out == "Juniper Hills School is added under the code JUNIPER.\n"
    changed = levers(
        tmp_path, "schools", "set", "juniper", "--network", "Cedar Valley District", "--time-zone", "America/Chicago"
    )
    assert changed.code == 0
    assert levers(tmp_path, "schools", "--json").json() == [
        {
            "code": "JUNIPER",
            "name": "Juniper Hills School",
            "network": "Cedar Valley District",
            "time_zone": "America/Chicago",
        }
    ]
    assert levers(tmp_path, "schools").out == "JUNIPER  Juniper Hills School  Cedar Valley District  America/Chicago\n"


def test_a_school_that_names_no_time_zone_is_listed_with_the_default_one(tmp_path: Path) -> None:
    levers(tmp_path, "schools", "add", "CEDAR")
    assert levers(tmp_path, "schools").out == "CEDAR  America/New_York (default)\n"
    assert levers(tmp_path, "schools", "--json").json()[0]["time_zone"] == "America/New_York"


def test_what_cannot_be_is_said_in_a_sentence(tmp_path: Path) -> None:
    levers(tmp_path, "schools", "add", "CEDAR")
    for arguments, said in (
        (["add", "cedar"], "A school with the code CEDAR is known already"),
        (["add", "OAK", "--time-zone", "Chicago"], "“Chicago” is no time zone; write one like America/Chicago."),
        (["set", "CEDER", "--name", "x"], "No school has the code “CEDER”"),
    ):
        answer = levers(tmp_path, "schools", *arguments)
        assert (answer.code, answer.out) == (1, "")
        assert said in answer.err
    assert levers(tmp_path, "schools", "set", "CEDAR").code == 2
    assert len(levers(tmp_path, "schools", "--json").json()) == 1
