"""Stored reviews: kept whole, held until released, replaced with a history, and unseen by other workspaces."""

import dataclasses
import datetime

import pytest
from sqlalchemy import func, select

from rubric.review import Audience, Evidence, Goal, GoalResult, Rating, Review, Source
from rubric.rubric import IndicatorId
from storage.books import WorkspaceBooks
from storage.database import Database
from storage.intake import Kept, compare_reviews, keep_reviews
from storage.reviews import (
    UnknownReviewError,
    earlier_levels,
    latest_review,
    latest_reviews,
    load_review,
    release,
    reviews_of,
)
from storage.rubrics import add_rubric
from storage.schools import find_school, list_schools
from storage.tables.reviews import evidence, goals, ratings, reviews

NOW = datetime.datetime(2026, 10, 20, 12, tzinfo=datetime.UTC)
HERE = "workspace-here"
AGENCY = IndicatorId("Learner-Centered Classroom Culture", "Learner Agency")
SUPPORT = IndicatorId("Learner-Centered Classroom Culture", "Peer Support")

ANEW = f"""
id: personalized-learning
version: "2"
name: Anew
levels: [Beginning, Secure]
domains:
  - name: {AGENCY.domain}
    indicators: [{{name: {AGENCY.name}}}, {{name: {SUPPORT.name}}}]
equivalents:
  - version: "1"
    indicators: [{{indicator: {AGENCY}, was: {AGENCY}}}, {{indicator: {SUPPORT}, was: {SUPPORT}}}]
    levels: [{{level: Beginning, was: Developing}}, {{level: Secure, was: Mastering}}]
"""
"""The next version of the rubric, with two levels."""


def review(
    school: str = "JUNIPER",
    date: str = "2026-10-13",
    level: str = "Developing",
    rubric: str = "personalized-learning@1",
) -> Review:
    said = (
        Evidence(Source.OBSERVATION, "In 7 of 11 classrooms, <b>learners</b> chose.", Audience.TEAM),
        Evidence(Source.INTERVIEW, "Learners said so. 🌱", Audience.REVIEWER),
    )
    return Review(
        school,
        datetime.date.fromisoformat(date),
        rubric,
        "Autumn",
        (Rating(AGENCY, level, "A summary.", said), Rating(SUPPORT, "Secure" if level == "Secure" else "Mastering")),
        (Goal("Advisory meets weekly.", GoalResult.PARTLY_MET),),
    )


def keep(database: Database, *incoming: Review, replace: bool = False, workspace: str = HERE) -> list[Kept]:
    with database.write() as conn:
        return keep_reviews(conn, workspace, incoming, NOW, replace=replace)


def school_id(database: Database, code: str = "JUNIPER", workspace: str = HERE) -> str:
    with database.read() as conn:
        found = find_school(conn, workspace, code)
    assert found is not None
    return found.id


def review_ids(database: Database, code: str = "JUNIPER") -> list[str]:
    with database.read() as conn:
        return [one.id for one in reviews_of(conn, HERE, school_id(database, code))]


def test_what_goes_in_comes_out_the_same(database: Database) -> None:
    assert keep(database, review()) == [Kept.IMPORTED]
    with database.read() as conn:
        stored = latest_review(conn, HERE, school_id(database))
    assert stored is not None
    assert stored.review == review()
    assert stored.review.digest == review().digest
    assert not stored.released


def test_a_school_that_is_not_known_is_made_under_the_code_in_the_file_and_matched_in_any_case(
    database: Database,
) -> None:
    keep(database, review("k614"), review("K614", date="2025-10-14"))
    keep(database, review(" K614 ", date="2024-10-14"))
    with database.read() as conn:
        assert [(one.code, one.time_zone) for one in list_schools(conn, HERE)] == [("k614", None)]
    assert len(review_ids(database, "K614")) == 3


def test_importing_the_same_twice_changes_nothing(database: Database) -> None:
    keep(database, review())
    before = review_ids(database)
    assert keep(database, review(), replace=True) == [Kept.UNCHANGED]
    assert review_ids(database) == before


def test_a_changed_review_is_refused_unless_replacing_is_asked_for(database: Database) -> None:
    keep(database, review())
    assert keep(database, review(level="Applying")) == [Kept.CHANGED]
    with database.read() as conn:
        assert load_review(conn, HERE, review_ids(database)[0]).review == review()


def test_replacing_keeps_the_old_one_in_the_history_and_holds_the_new_one(database: Database) -> None:
    keep(database, review())
    (old,) = review_ids(database)
    with database.write() as conn:
        release(conn, HERE, old, "UREVIEWER1", NOW)
    assert keep(database, review(level="Applying"), replace=True) == [Kept.REPLACED]
    (new,) = review_ids(database)
    with database.read() as conn:
        before, after = load_review(conn, HERE, old), load_review(conn, HERE, new)
        replaced_by = conn.scalar(select(reviews.c.replaced_by).where(reviews.c.id == old))
    assert (before.review, before.replaced, before.released) == (review(), True, True)
    assert (after.review.ratings[0].level, after.replaced, after.released) == ("Applying", False, False)
    assert replaced_by == new


def test_comparing_says_what_keeping_would_do_and_writes_nothing(database: Database) -> None:
    keep(database, review())
    incoming = [review(), review("CEDAR"), review(date="2025-10-14")]
    with database.write() as conn:
        assert compare_reviews(conn, HERE, incoming, replace=False) == [Kept.UNCHANGED, Kept.IMPORTED, Kept.IMPORTED]
        changed = [review(level="Applying")]
        assert compare_reviews(conn, HERE, changed, replace=True) == [Kept.REPLACED]
        assert compare_reviews(conn, HERE, changed, replace=False) == [Kept.CHANGED]
    assert len(review_ids(database)) == 1
    with database.read() as conn:
        assert find_school(conn, HERE, "CEDAR") is None


def test_nothing_half_written_stays_when_a_batch_fails(database: Database) -> None:
    def fail_at_the_end() -> None:
        with database.write() as conn:
            keep_reviews(conn, HERE, [review()], NOW, replace=False)
            raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError):
        fail_at_the_end()
    with database.read() as conn:
        for table in (reviews, ratings, evidence, goals):
            assert conn.scalar(select(func.count()).select_from(table)) == 0
        assert list_schools(conn, HERE) == ()


def test_reviews_are_listed_newest_first_and_the_latest_is_the_newest_by_date(database: Database) -> None:
    keep(database, review(date="2026-10-13"), review(date="2024-10-15"), review(date="2025-10-14"))
    with database.read() as conn:
        found = reviews_of(conn, HERE, school_id(database))
        latest = latest_review(conn, HERE, school_id(database))
    assert [one.date.year for one in found] == [2026, 2025, 2024]
    assert found[0].rubric == "personalized-learning@1"
    assert found[0].label == "Autumn"
    assert latest is not None
    assert latest.id == found[0].id


def test_releasing_happens_once_and_a_team_finds_released_reviews_only(database: Database) -> None:
    keep(database, review(date="2026-10-13"), review(date="2025-10-14"))
    newer, older = review_ids(database)
    with database.write() as conn:
        assert latest_review(conn, HERE, school_id(database), released_only=True) is None
        assert release(conn, HERE, older, "UPRINCIPAL1", NOW) is True
        assert release(conn, HERE, older, "UREVIEWER1", NOW) is False
    with database.read() as conn:
        found = latest_review(conn, HERE, school_id(database), released_only=True)
        assert found is not None
        assert found.id == older
        assert [one.released for one in reviews_of(conn, HERE, school_id(database))] == [False, True]
        by = conn.scalar(select(reviews.c.released_by).where(reviews.c.id == older))
    assert by == "UPRINCIPAL1"
    assert newer != older


def test_earlier_levels_are_those_of_the_latest_earlier_review_that_rated_the_indicator(database: Database) -> None:
    only_support = (Rating(SUPPORT, "Applying"),)
    keep(
        database,
        review(date="2026-10-13"),
        dataclasses.replace(review(date="2025-10-14"), ratings=only_support),
        review(date="2024-10-15", level="Applying"),
        review(date="2023-10-15", level="Mastering"),
    )
    newest = review_ids(database)[0]
    with database.read() as conn:
        assert earlier_levels(conn, HERE, newest, released_only=False) == {AGENCY: "Applying", SUPPORT: "Applying"}


def test_another_version_of_the_rubric_a_replaced_review_and_a_held_one_are_no_earlier_level(
    database: Database,
) -> None:
    keep(database, review(date="2026-10-13"), review(date="2024-10-15", level="Mastering"))
    keep(database, review(date="2024-10-15", level="Applying"), replace=True)
    keep(database, review(date="2025-10-14", rubric="personalized-learning@0"))
    newest, _, corrected = review_ids(database)
    with database.write() as conn:
        assert earlier_levels(conn, HERE, newest) == {}
        release(conn, HERE, corrected, "UREVIEWER1", NOW)
        assert earlier_levels(conn, HERE, newest) == {AGENCY: "Applying", SUPPORT: "Mastering"}


def test_what_the_next_version_of_a_rubric_declares_carries_the_earlier_level_into_its_own_words(
    database: Database,
) -> None:
    with database.write() as conn:
        add_rubric(conn, HERE, ANEW, "anew.yaml", NOW)
    keep(
        database, review(date="2026-03-02", level="Applying"), review(level="Secure", rubric="personalized-learning@2")
    )
    books = WorkspaceBooks(database, HERE, "America/Chicago")
    with books.read() as ledger:
        newest = ledger.reviews.latest(school_id(database), released=False)
        assert newest is not None and newest.earlier == {}
        assert ledger.reviews.declared(newest) == {SUPPORT: "Secure"}, "nothing is declared to be like Applying"


def test_every_schools_latest_review_comes_with_its_own_earlier_levels(database: Database) -> None:
    keep(database, review("CEDAR"), review("juniper"), review("JUNIPER", date="2025-10-14", level="Applying"))
    with database.read() as conn:
        found = latest_reviews(conn, HERE)
    assert [(one.school.code, one.stored.review.date.year) for one in found] == [("CEDAR", 2026), ("juniper", 2026)]
    assert found[0].earlier == {}
    assert found[1].earlier == {AGENCY: "Applying", SUPPORT: "Mastering"}
    assert found[1].stored.review.ratings == review().ratings


def test_no_workspace_sees_anothers_reviews(database: Database) -> None:
    keep(database, review())
    keep(database, review(level="Mastering"), workspace="elsewhere")
    (ours,) = review_ids(database)
    with database.write() as conn:
        with pytest.raises(UnknownReviewError):
            load_review(conn, "elsewhere", ours)
        with pytest.raises(UnknownReviewError):
            release(conn, "elsewhere", ours, "UREVIEWER1", NOW)
        assert latest_review(conn, "elsewhere", school_id(database)) is None
        assert reviews_of(conn, "elsewhere", school_id(database)) == ()
        assert earlier_levels(conn, "elsewhere", ours, released_only=False) == {}
        assert [one.stored.review.ratings[0].level for one in latest_reviews(conn, "elsewhere")] == ["Mastering"]
