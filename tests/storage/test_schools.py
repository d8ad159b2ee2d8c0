"""Schools: an immutable code, an editable name, a network and a time zone."""

import pytest

from storage.database import Database
from storage.schools import (
    SchoolError,
    UnknownSchoolError,
    add_school,
    change_school,
    find_school,
    list_schools,
    load_school,
)

HERE = "workspace-here"


def test_a_school_is_found_by_its_code_whatever_the_case_and_spacing(database: Database) -> None:
    with database.write() as conn:
        added = add_school(conn, HERE, " Juniper  Hills ", name="Juniper Hills School", time_zone="America/Chicago")
        assert added.code == "Juniper Hills"
        assert find_school(conn, HERE, "JUNIPER HILLS") == added
        assert load_school(conn, HERE, added.id) == added
        assert added.title == "Juniper Hills School"


def test_a_code_is_used_once_in_a_workspace_and_again_in_another(database: Database) -> None:
    with database.write() as conn:
        add_school(conn, HERE, "K614")
        with pytest.raises(SchoolError, match="the code K614 is known already"):
            add_school(conn, HERE, "k614")
        other = add_school(conn, "elsewhere", "k614")
        assert list_schools(conn, "elsewhere") == (other,)


def test_what_is_not_given_stays_as_it_is(database: Database) -> None:
    with database.write() as conn:
        added = add_school(conn, HERE, "K614", name="One", network="Cedar Valley", time_zone="America/Chicago")
        renamed = change_school(conn, HERE, added.id, name="Two")
        assert (renamed.code, renamed.name, renamed.network) == ("K614", "Two", "Cedar Valley")
        assert change_school(conn, HERE, added.id) == renamed
        assert change_school(conn, HERE, added.id, time_zone="").time_zone is None


@pytest.mark.parametrize("zone", ["Chicago", "EST5EDT ", "../etc/passwd", "america/chicago"])
def test_a_time_zone_that_is_none_is_refused(database: Database, zone: str) -> None:
    with database.write() as conn, pytest.raises(SchoolError, match="is no time zone; write one like America/Chicago"):
        add_school(conn, HERE, "K614", time_zone=zone)


@pytest.mark.parametrize("code", ["", "  ", "x" * 76, "K\x1b[31m614", "K\u202e614"])
def test_a_code_that_cannot_be_one_is_refused(database: Database, code: str) -> None:
    with database.write() as conn, pytest.raises(SchoolError, match="cannot be a code"):
        add_school(conn, HERE, code)


def test_a_name_that_is_too_long_to_show_is_refused(database: Database) -> None:
    with database.write() as conn, pytest.raises(SchoolError, match="has 151 letters; 150 are the most"):
        add_school(conn, HERE, "K614", name="x" * 151)


def test_another_workspaces_school_is_unknown(database: Database) -> None:
    with database.write() as conn:
        ours = add_school(conn, HERE, "K614")
        with pytest.raises(UnknownSchoolError):
            load_school(conn, "elsewhere", ours.id)
        with pytest.raises(UnknownSchoolError):
            change_school(conn, "elsewhere", ours.id, name="Theirs")
        assert find_school(conn, "elsewhere", "K614") is None
