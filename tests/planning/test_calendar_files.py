"""A school's calendar from a file: what each entry means, what is left out, and every row that is wrong."""

from datetime import date
from pathlib import Path

import pytest

from planning.calendar import SchoolCalendar
from planning.calendar_files import Read, read_calendar
from planning.calendar_rows import meaning
from planning.school_days import DayKind, Days
from rubric.errors import LeversError

SCHOOL = SchoolCalendar("America/Chicago")
ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Juniper Hills//Calendar//EN
{events}
END:VCALENDAR
"""


def event(*lines: str) -> str:
    """One event of an ICS file."""
    uid = [] if lines[0].startswith("UID:") else [f"UID:{hash(lines)}"]
    return "\n".join(["BEGIN:VEVENT", *uid, *lines, "END:VEVENT"])


def from_ics(tmp_path: Path, *events: str) -> Read:
    """What Levers reads in an ICS file with these events."""
    file = tmp_path / "calendar.ics"
    file.write_text(ICS.format(events="\n".join(events)).replace("\n", "\r\n"), encoding="utf-8")
    return read_calendar(file, SCHOOL)


def from_csv(tmp_path: Path, text: str) -> Read:
    """What Levers reads in a CSV file."""
    file = tmp_path / "calendar.csv"
    file.write_text(text, encoding="utf-8")
    return read_calendar(file, SCHOOL)


def test_an_all_day_event_ends_on_the_day_before_its_end(tmp_path: Path) -> None:
    read = from_ics(
        tmp_path, event("SUMMARY:Thanksgiving break", "DTSTART;VALUE=DATE:20261125", "DTEND;VALUE=DATE:20261128")
    )
    assert read.found == ((1, Days(date(2026, 11, 25), date(2026, 11, 27), DayKind.CLOSED, "Thanksgiving break")),)


def test_an_event_without_an_end_is_one_day_and_a_timed_one_is_its_day_at_the_school(tmp_path: Path) -> None:
    read = from_ics(
        tmp_path,
        event("SUMMARY:State testing", "DTSTART;VALUE=DATE:20270413"),
        event("SUMMARY:Report cards due", "DTSTART:20270115T030000Z", "DTEND:20270115T040000Z"),
        event("SUMMARY:Exams", "DTSTART;VALUE=DATE:20270503", "DURATION:P3D"),
    )
    assert [(one.first, one.last) for _, one in read.found] == [
        (date(2027, 4, 13), date(2027, 4, 13)),
        (date(2027, 1, 14), date(2027, 1, 14)),
        (date(2027, 5, 3), date(2027, 5, 5)),
    ]
    assert {one.kind for _, one in read.found} == {DayKind.BUSY}


def test_a_category_decides_before_the_name(tmp_path: Path) -> None:
    read = from_ics(tmp_path, event("SUMMARY:Spring break testing", "CATEGORIES:Busy", "DTSTART;VALUE=DATE:20270315"))
    assert [one.kind for _, one in read.found] == [DayKind.BUSY]


def test_the_first_and_the_last_day_of_school_make_a_year(tmp_path: Path) -> None:
    read = from_ics(
        tmp_path,
        event("SUMMARY:Last Day of School", "DTSTART;VALUE=DATE:20270604"),
        event("SUMMARY:First day of school", "DTSTART;VALUE=DATE:20260817"),
    )
    assert read.found == ((2, Days(date(2026, 8, 17), date(2027, 6, 4), DayKind.YEAR)),)


def test_what_says_neither_is_left_out_and_named_and_what_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    read = from_ics(
        tmp_path,
        event("SUMMARY:Spring concert", "DTSTART;VALUE=DATE:20270415"),
        event("SUMMARY:Winter break", "DTSTART;VALUE=DATE:2026xx"),
        event("SUMMARY:Testing", "DTSTART;VALUE=DATE:20270415", "RRULE:FREQ=WEEKLY"),
        event("SUMMARY:Holiday"),
    )
    assert read.skipped == ((1, "“Spring concert” says neither that school is closed nor that it is busy."),)
    assert [number for number, _ in read.problems] == [2, 3, 4]
    assert "it repeats" in read.problems[1][1] and not read.found


def test_an_event_that_repeats_is_entered_on_each_of_its_days(tmp_path: Path) -> None:
    read = from_ics(
        tmp_path,
        event(
            "SUMMARY:Grading days",
            "DTSTART;VALUE=DATE:20270105",
            "DTEND;VALUE=DATE:20270107",
            "RRULE:FREQ=MONTHLY;UNTIL=20270501",
            "EXDATE;VALUE=DATE:20270205",
            "RDATE;VALUE=DATE:20270220",
        ),
        event("SUMMARY:Tests", "DTSTART;TZID=America/Chicago:20270301T200000", "RRULE:FREQ=WEEKLY;COUNT=3"),
        event("SUMMARY:Exams", "DTSTART:20270602T010000Z", "RRULE:FREQ=DAILY;UNTIL=20270603T010000Z"),
        event("SUMMARY:Staff meeting", "DTSTART;VALUE=DATE:20270105", "RRULE:FREQ=WEEKLY"),
    )
    assert read.problems == () and [number for number, _ in read.skipped] == [4]
    first = [(number, one.first.month, one.first.day, (one.last - one.first).days) for number, one in read.found]
    assert first[:5] == [(1, 1, 5, 1), (1, 2, 20, 1), (1, 3, 5, 1), (1, 4, 5, 1), (2, 3, 1, 0)]
    assert first[5:] == [(2, 3, 8, 0), (2, 3, 15, 0), (3, 6, 1, 0), (3, 6, 2, 0)]


def test_a_cancelled_event_is_left_out_and_named(tmp_path: Path) -> None:
    read = from_ics(
        tmp_path,
        event("SUMMARY:Winter break", "STATUS:CANCELLED", "DTSTART;VALUE=DATE:20261221"),
        event("SUMMARY:Recess", "STATUS:CONFIRMED", "DTSTART;VALUE=DATE:20261222"),
    )
    assert [one.name for _, one in read.found] == ["Recess"]
    assert read.skipped == ((1, "“Winter break” is cancelled."),) and read.problems == ()


@pytest.mark.parametrize(
    "starts, moved, to",
    [
        ("DTSTART;VALUE=DATE:20270105", "RECURRENCE-ID;VALUE=DATE:20270112", "DTSTART;VALUE=DATE:20270114"),
        (
            "DTSTART;TZID=America/Chicago:20270105T190000",
            "RECURRENCE-ID:20270113T010000Z",
            "DTSTART;TZID=America/Chicago:20270114T190000",
        ),
    ],
)
def test_an_occurrence_that_was_moved_stands_on_its_new_day_alone(
    tmp_path: Path, starts: str, moved: str, to: str
) -> None:
    series = ("UID:tests", "SUMMARY:Tests")
    read = from_ics(
        tmp_path,
        event(*series, starts, "RRULE:FREQ=WEEKLY;COUNT=4"),
        event(*series, moved, to),
        event(*series, moved.replace("12", "19").replace("13T", "20T"), starts, "STATUS:CANCELLED"),
    )
    assert [(number, one.first.day) for number, one in read.found] == [(1, 5), (1, 26), (2, 14)]
    assert [number for number, _ in read.skipped] == [3] and read.problems == ()


def test_an_event_whose_every_day_was_moved_leaves_none_behind(tmp_path: Path) -> None:
    read = from_ics(
        tmp_path,
        event("UID:one", "SUMMARY:Recess", "DTSTART;VALUE=DATE:20270105"),
        event("UID:one", "SUMMARY:Recess", "RECURRENCE-ID;VALUE=DATE:20270105", "DTSTART;VALUE=DATE:20270107"),
    )
    assert [one.first.day for _, one in read.found] == [7]
    assert read.skipped == ((1, "“Recess” is moved on each of its days."),)


@pytest.mark.parametrize(
    "rule, says",
    [
        ("FREQ=DAILY", "it repeats more than 100 times"),
        ("FREQ=DAILY;COUNT=101", "it repeats more than 100 times"),
        ("FREQ=NEVER", "its days cannot be read"),
        ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "its days cannot be read"),
        ("FREQ=DAILY;INTERVAL=0", "its days cannot be read"),
    ],
)
def test_an_event_that_repeats_without_an_end_or_sense_is_named(tmp_path: Path, rule: str, says: str) -> None:
    read = from_ics(tmp_path, event("SUMMARY:Holiday", "DTSTART;VALUE=DATE:20270105", f"RRULE:{rule}"))
    assert [says in why for _, why in read.problems] == [True] and not read.found


def test_a_table_names_its_days_in_rows(tmp_path: Path) -> None:
    read = from_csv(
        tmp_path,
        "Start date,End date,Event,Kind\n"
        "2026-12-21,2027-01-01,Winter break,\n"
        "4/13/2027,,Grade 3,busy\n"
        "2026-08-17,2027-06-04,,year\n"
        "2026-11-11,,Veterans Day,open\n"
        "\n",
    )
    assert [(number, one.kind.value, one.name) for number, one in read.found] == [
        (2, "closed", "Winter break"),
        (3, "busy", "Grade 3"),
        (4, "year", ""),
        (5, "open", "Veterans Day"),
    ]
    assert read.found[1][1].first == date(2027, 4, 13)


def test_an_american_table_may_write_years_with_two_digits(tmp_path: Path) -> None:
    read = from_csv(tmp_path, "first,last,name\n3/22/27,3/30/27,Spring break\n")
    assert [(one.first, one.last) for _, one in read.found] == [(date(2027, 3, 22), date(2027, 3, 30))]


@pytest.mark.parametrize(
    "row, says",
    [
        ("soon,,Winter break,", "“soon” is no date; write it like 2026-11-25."),
        ("30/3/27,,Winter break,", "“30/3/27” is no date; write it like 2026-11-25."),
        ("2026-13-01,,Winter break,", "“2026-13-01” is no date"),
        ("2026-12-21,2026-12-01,Winter break,", "The last day is before the first one."),
        ("2026-12-21,2028-01-01,Winter break,", "Check the year."),
        (",,Winter break,", "has no day"),
        ("1026-12-21,,Winter break,", "Check the year"),
        ("2026-08-17,,School,year", "Say when the last day of school is."),
    ],
)
def test_a_row_that_is_wrong_is_named_with_what_would_be_right(tmp_path: Path, row: str, says: str) -> None:
    read = from_csv(tmp_path, f"first,last,name,kind\n{row}\n")
    ((number, sentence),) = read.problems
    assert number == 2 and says in sentence


@pytest.mark.parametrize("content", [b"", b"no calendar", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"])
def test_a_file_that_is_no_calendar_is_refused_or_holds_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "calendar.ics"
    file.write_bytes(content)
    try:
        assert read_calendar(file, SCHOOL).found == ()
    except LeversError as error:
        assert "calendar.ics" in str(error)


@pytest.mark.parametrize(
    "name, means",
    [
        ("No School - Teacher Professional Development", DayKind.CLOSED),
        ("Parent-Teacher Conferences", DayKind.BUSY),
        ("Mid-winter recess", DayKind.CLOSED),
        ("Breakfast with the principal", None),
        ("Contest", None),
        ("Regents exams", DayKind.BUSY),
        ("School begins", True),
        ("First day of classes", True),
        ("Last Day of Classes", False),
        ("First day for students", True),
        ("Last day for all students - early dismissal", False),
        ("Last day of school/End of 4th quarter", False),
        ("Last day of school before summer vacation", False),
        ("Last day of school before winter break", None),
        ("Last day of school - winter break begins", None),
        ("First day of school after the holidays", None),
        ("School begins again", None),
        ("School begins at 9", None),
        ("Summer school begins", None),
        ("First day of second semester classes", None),
        ("Last day of school for teachers", None),
        ("Veterans Day: school is open", DayKind.OPEN),
        ("Presidents' Day holiday - classes in session", DayKind.OPEN),
        ("School is open for enrollment", None),
        ("Open", None),
        ("School open house", None),
        ("PD day", DayKind.BUSY),
        ("Staff Development Day", DayKind.BUSY),
        ("Updates", None),
    ],
)
def test_whole_words_decide_what_an_entry_means(name: str, means: DayKind | bool | None) -> None:
    assert meaning("", name) is means


@pytest.mark.parametrize(
    "name",
    [
        "Winter Break Dec 21 - Jan 3",
        "Winter break to January 3",
        "Winter Break (school resumes Jan 4)",
        "Holiday: Veterans Day",
        "Labor Day - closed",
        "Presidents’ Day Break",
        "Spring Break- No School",
        "Winter break for students",
        "Student Holiday Teacher Workday",
        "Schools closed",
        "Snow day",
    ],
)
def test_a_title_says_that_school_is_closed_where_that_is_what_it_is_about(name: str) -> None:
    assert meaning("", name) is DayKind.CLOSED


@pytest.mark.parametrize(
    "name",
    [
        "Holiday concert",
        "Holiday spirit week",
        "Classes resume after winter break",
        "Coffee break with the principal",
        "Lunch break",
        "Winter break begins at 3 PM",
        "Winter break begins 3:00",
        "Winter break ends, school resumes",
        "Early dismissal - Thanksgiving break begins",
        "Spring break camp",
        "Return from winter break",
        "Countdown to winter break",
        "Library closed",
        "School closed early",
        "No school uniform day",
        "Make-up day (snow day)",
    ],
)
def test_a_break_or_a_holiday_that_is_only_spoken_of_closes_nothing(name: str) -> None:
    assert meaning("", name) is None


def test_an_event_at_a_time_of_day_that_begins_a_break_closes_no_day(tmp_path: Path) -> None:
    read = from_ics(
        tmp_path,
        event("SUMMARY:Winter break begins", "DTSTART:20261218T210000Z", "DTEND:20261218T220000Z"),
        event("SUMMARY:Winter break begins", "DTSTART;VALUE=DATE:20261221"),
        event("SUMMARY:Spring break", "DTSTART:20270312T210000Z", "DTEND:20270320T010000Z"),
    )
    assert [(number, one.first) for number, one in read.found] == [(2, date(2026, 12, 21)), (3, date(2027, 3, 12))]
    assert read.skipped == (
        (1, "“Winter break begins” has a time of day: until then, or from then on, there is school."),
    )
    assert read.notes == (
        "calendar.ics, event 2: “Winter break begins” is taken for this one day alone; enter the others where there "
        "are any.",
        "calendar.ics, event 3: “Spring break” has times of day; its first day and its last are taken whole.",
    )


def test_the_days_around_a_break_are_no_edges_of_a_school_year(tmp_path: Path) -> None:
    read = from_csv(
        tmp_path,
        "first,name\n2026-08-20,First day of school\n2026-12-18,Last day of school before winter break\n"
        "2027-01-04,School begins again\n2027-06-04,Last day of school\n",
    )
    assert read.found == ((2, Days(date(2026, 8, 20), date(2027, 6, 4), DayKind.YEAR)),)
    assert [number for number, _ in read.skipped] == [3, 4]


@pytest.mark.parametrize(
    "rows, named",
    [
        (
            "2026-08-20,,First day of school,\n2026-12-18,,Last day of school,\n",
            "“First day of school” with row 3, “Last day of school”,",
        ),
        ("2027-01-04,2027-06-04,Spring term,term\n", "“Spring term”"),
    ],
)
def test_half_a_school_year_is_refused_with_the_rows_that_would_make_it(tmp_path: Path, rows: str, named: str) -> None:
    read = from_csv(tmp_path, f"first,last,name,kind\n{rows}")
    ((number, sentence),) = read.problems
    assert number == 2 and not read.found
    assert sentence.startswith(f"{named} would be a school year from 20") and "too short" in sentence


def test_the_first_and_last_days_of_several_grades_make_one_school_year_and_it_is_said_which(tmp_path: Path) -> None:
    read = from_csv(
        tmp_path,
        "first,name\n2026-08-17,First day of school grades 1-5\n2026-08-20,Kindergarten: first day of school\n"
        "2027-06-02,Pre-K: last day of school\n2027-06-04,Last day of school\n",
    )
    assert read.found == ((2, Days(date(2026, 8, 17), date(2027, 6, 4), DayKind.YEAR)),)
    assert read.notes == (
        "calendar.csv, row 3: “Kindergarten: first day of school”: the school year begins as in row 2, “First day of "
        "school grades 1-5”.",
        "calendar.csv, row 4: “Pre-K: last day of school”: the school year ends as in row 5, “Last day of school”.",
    )


def test_a_file_that_holds_nothing_or_is_cut_off_is_refused_and_not_taken_for_an_empty_calendar(tmp_path: Path) -> None:
    whole = event("SUMMARY:Winter break", "DTSTART;VALUE=DATE:20261221")
    for name, text in (
        ("empty.ics", ""),
        ("none.ics", ICS.format(events="")),
        ("cut.ics", ICS.format(events=whole)[:-30]),
        ("names.csv", "first,last,name,kind\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(LeversError, match=f"{name}: there is no (event in this file|row below)"):
            read_calendar(tmp_path / name, SCHOOL)


def test_a_file_of_another_kind_is_told_what_a_calendar_ends_in(tmp_path: Path) -> None:
    (tmp_path / "days.png").write_bytes(b"x")
    with pytest.raises(LeversError, match=r"days\.png: a calendar ends in \.ics, \.csv or \.xlsx"):
        read_calendar(tmp_path / "days.png", SCHOOL)


def test_letters_of_an_old_windows_file_come_out_right_and_it_is_said_that_they_were_guessed(tmp_path: Path) -> None:
    text = ICS.format(events=event("SUMMARY:Día festivo - no school", "DTSTART;VALUE=DATE:20270315"))
    (tmp_path / "days.ics").write_bytes(text.encode("cp1252"))
    read = read_calendar(tmp_path / "days.ics", SCHOOL)
    assert [one.name for _, one in read.found] == ["Día festivo - no school"]
    assert read.notes == (
        "days.ics: this is not UTF-8, so it was read as Windows-1252; check that accents came out right.",
    )
    (tmp_path / "days.ics").write_bytes(text.encode("utf-16"))
    assert [one.name for _, one in read_calendar(tmp_path / "days.ics", SCHOOL).found] == ["Día festivo - no school"]


def test_an_event_whose_days_are_wrong_is_told_which_of_them(tmp_path: Path) -> None:
    read = from_ics(
        tmp_path,
        event("SUMMARY:Leap break", "DTSTART;VALUE=DATE:20270229"),
        event("SUMMARY:Holiday"),
        event("SUMMARY:Spring break", "DTSTART;VALUE=DATE:20270319", "DTEND;VALUE=DATE:20270315"),
        event("SUMMARY:Recess", "DTSTART;VALUE=DATE:20270319", "DTEND;VALUE=DATE:20270319"),
    )
    leap, none, backwards = (sentence for _, sentence in read.problems)
    assert "DTSTART “20270229”" in leap and "it has no day" in none and "ends before it begins" in backwards
    assert [one.name for _, one in read.found] == ["Recess"], "some calendars write one day like this"


def test_an_event_in_a_time_zone_that_nobody_knows_is_read_as_the_schools_and_said_by_name(tmp_path: Path) -> None:
    where = "TZID=Olympus/Mons"
    read = from_ics(
        tmp_path,
        event("SUMMARY:State testing", "DTSTART;TZID=Central Standard Time:20270413T080000"),
        event("SUMMARY:Snow day", f"DTSTART;{where}:20270114T220000", "RRULE:FREQ=DAILY;COUNT=2"),
        event("SUMMARY:Spring concert", f"DTSTART;{where}:20270114T220000"),
    )
    assert [(number, one.first.day) for number, one in read.found] == [(1, 13), (2, 14), (2, 15)]
    assert read.notes == (
        "calendar.ics, event 2: “Snow day”: the time zone “Olympus/Mons” is not known, so that its times are read as "
        "the school's own.",
    )
