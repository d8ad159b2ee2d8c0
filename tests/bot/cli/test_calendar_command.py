"""`levers schools calendar` and the hours that `levers schools set` sets."""

from pathlib import Path

import pytest

from tests.bot.cli.command_line import levers

CALENDAR = "first,last,name,kind\n2026-12-21,2027-01-01,Winter break,\n2027-04-13,2027-04-16,State testing,\n"


@pytest.fixture
def juniper(tmp_path: Path) -> Path:
    """A folder with a school and a calendar file."""
    assert levers(tmp_path, "schools", "add", "JUNIPER", "--time-zone", "America/Chicago").code == 0
    (tmp_path / "days.csv").write_text(CALENDAR, encoding="utf-8")
    return tmp_path


def test_a_dry_run_shows_how_each_entry_is_read_and_keeps_nothing(juniper: Path) -> None:
    shown = levers(juniper, "schools", "calendar", "juniper", "--import", juniper / "days.csv", "--dry-run", "--json")
    assert [(row["outcome"], row["kind"], row["row"]) for row in shown.json()] == [
        ("added", "closed", 2),
        ("added", "busy", 3),
    ]
    assert "Nothing was written" in shown.err
    assert levers(juniper, "schools", "calendar", "JUNIPER", "--json").json() == []


def test_importing_twice_changes_nothing_and_replacing_takes_out_what_is_not_in_the_file(juniper: Path) -> None:
    assert levers(juniper, "schools", "calendar", "JUNIPER", "--import", juniper / "days.csv").code == 0
    again = levers(juniper, "schools", "calendar", "JUNIPER", "--import", juniper / "days.csv", "--json").json()
    assert {row["outcome"] for row in again} == {"unchanged"}
    (juniper / "days.csv").write_text(CALENDAR.replace("2027-04-16", "2027-04-15"), encoding="utf-8")
    replaced = levers(
        juniper, "schools", "calendar", "JUNIPER", "--import", juniper / "days.csv", "--replace", "--json"
    )
    assert sorted(row["outcome"] for row in replaced.json()) == ["added", "removed", "unchanged"]
    kept = levers(juniper, "schools", "calendar", "JUNIPER", "--json").json()
    assert kept[1] == {"kind": "busy", "first": "2027-04-13", "last": "2027-04-15", "name": "State testing"}


def test_an_open_day_is_listed_and_one_that_opens_nothing_is_named(juniper: Path) -> None:
    rows = "2026-11-11,,Veterans Day,open\n2026-12-22,,Make-up day,open\n"
    (juniper / "days.csv").write_text(CALENDAR + rows, encoding="utf-8")
    said = levers(juniper, "schools", "calendar", "JUNIPER", "--import", juniper / "days.csv")
    assert "added  2026-11-11  open  Veterans Day" in said.out
    assert said.err == (
        "days.csv, row 5: “Make-up day” opens nothing: it is “Winter break” that closes school then, and no public "
        "holiday.\n"
    )


def test_another_last_day_of_school_takes_the_place_of_the_one_before_and_both_are_shown(juniper: Path) -> None:
    header, file = "first,last,name,kind\n", juniper / "days.csv"
    file.write_text(f"{header}2026-08-17,2027-06-04,,year\n2027-08-16,2028-06-02,,year\n", encoding="utf-8")
    assert levers(juniper, "schools", "calendar", "JUNIPER", "--import", file).code == 0
    file.write_text(f"{header}2026-08-17,2027-06-08,,year\n", encoding="utf-8")
    said = levers(juniper, "schools", "calendar", "JUNIPER", "--import", file)
    assert said.code == 0, said.err
    assert said.out.splitlines()[1:] == [
        "removed  2026-08-17 to 2027-06-04  year",
        "added  2026-08-17 to 2027-06-08  year",
    ]
    kept = levers(juniper, "schools", "calendar", "JUNIPER", "--json").json()
    assert [row["last"] for row in kept] == ["2027-06-08", "2028-06-02"]


def test_two_school_years_of_one_file_that_overlap_are_refused_with_what_to_do(juniper: Path) -> None:
    rows = "2026-08-17,2027-06-04,,year\n2027-06-01,2028-05-26,,year\n"
    (juniper / "days.csv").write_text(f"first,last,name,kind\n{rows}", encoding="utf-8")
    said = levers(juniper, "schools", "calendar", "JUNIPER", "--import", juniper / "days.csv")
    assert said.code == 1 and "Two school years overlap" in said.err and "Change or remove one of them" in said.err
    assert levers(juniper, "schools", "calendar", "JUNIPER", "--json").json() == []


def test_one_bad_row_refuses_the_file_and_every_bad_row_is_named(juniper: Path) -> None:
    (juniper / "days.csv").write_text(CALENDAR + "soon,,Recess,\n2027-13-40,,Testing,\n", encoding="utf-8")
    answer = levers(juniper, "schools", "calendar", "JUNIPER", "--import", juniper / "days.csv")
    assert answer.code == 1
    assert "days.csv, row 4" in answer.err and "days.csv, row 5" in answer.err and "Nothing was changed" in answer.err
    assert levers(juniper, "schools", "calendar", "JUNIPER", "--json").json() == []


def test_what_says_neither_closed_nor_busy_is_left_out_and_named(juniper: Path) -> None:
    (juniper / "days.csv").write_text(CALENDAR + "2027-05-05,,Spring concert,\n", encoding="utf-8")
    answer = levers(juniper, "schools", "calendar", "JUNIPER", "--import", juniper / "days.csv")
    assert answer.code == 0 and "left out: days.csv, row 4: “Spring concert”" in answer.err


def test_the_hours_and_the_place_of_a_school_are_set_and_checked(juniper: Path) -> None:
    done = levers(
        juniper, "schools", "set", "JUNIPER", "--staff-hours", "07:00-16:30", "--day-ends", "14:45", "--state", "il"
    )
    assert done.code == 0, done.err
    shown = levers(juniper, "schools", "calendar", "JUNIPER").out
    assert "staff hours 07:00 to 16:30; school ends 14:45; public holidays US-IL" in shown
    assert "no state of US" in levers(juniper, "schools", "set", "JUNIPER", "--state", "ZZ").err
    assert "School ends outside" in levers(juniper, "schools", "set", "JUNIPER", "--day-ends", "18:00").err
    assert levers(juniper, "schools", "set", "JUNIPER", "--staff-hours", "late").code == 2
    assert levers(juniper, "schools", "set", "JUNIPER", "--state", "").code == 0
    assert "public holidays US." in levers(juniper, "schools", "calendar", "JUNIPER").out


def test_a_school_or_a_file_that_is_not_there_is_said(juniper: Path) -> None:
    assert "No school has the code" in levers(juniper, "schools", "calendar", "OAK").err
    missing = levers(juniper, "schools", "calendar", "JUNIPER", "--import", juniper / "none.ics")
    assert missing.code == 1 and "none.ics" in missing.err
    assert levers(juniper, "schools", "calendar", "JUNIPER", "--replace").code == 2


def test_a_file_that_says_nothing_never_takes_the_place_of_what_is_entered(juniper: Path) -> None:
    assert levers(juniper, "schools", "calendar", "JUNIPER", "--import", juniper / "days.csv").code == 0
    (juniper / "days.csv").write_text("first,name\n2027-05-05,Concierto de primavera\n", encoding="utf-8")
    refused = levers(juniper, "schools", "calendar", "JUNIPER", "--import", juniper / "days.csv", "--replace")
    assert refused.code == 1 and "Nothing was changed" in refused.err and "Concierto" in refused.err
    assert len(levers(juniper, "schools", "calendar", "JUNIPER", "--json").json()) == 2


def test_a_bad_event_is_called_an_event_and_a_guessed_encoding_is_said(juniper: Path) -> None:
    event = "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Día sin clases, holiday\r\nDTSTART;VALUE=DATE:{}\r\nEND:VEVENT\r\n"
    ics = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}END:VCALENDAR\r\n"
    (juniper / "days.ics").write_bytes(ics.format("20270229").encode("latin-1"))
    answer = levers(juniper, "schools", "calendar", "JUNIPER", "--import", juniper / "days.ics")
    assert answer.code == 1 and "days.ics, event 1: “Día sin clases, holiday”: its days cannot be read" in answer.err
    (juniper / "days.ics").write_bytes(ics.format("20270228").encode("latin-1"))
    answer = levers(juniper, "schools", "calendar", "JUNIPER", "--import", juniper / "days.ics")
    assert answer.code == 0 and "read as Windows-1252" in answer.err
