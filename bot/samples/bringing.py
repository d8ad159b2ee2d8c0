"""Bringing sample schools into a rehearsal's database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.resources import as_file

from bot.samples.facts import SampleReview, SampleSchool, read_sample
from bot.samples.past import Past, stand
from rubric.long import read_long
from rubric.reading import Found
from rubric.review import Review
from rubric.rows import read_table
from rubric.rubric import Rubric
from storage.books import Ledger, WorkspaceBooks
from storage.database import Database
from storage.intake import keep_reviews
from storage.rubrics import known_rubrics
from storage.schools import add_school, find_school
from storage.workspaces import the_workspace

FRESH = "juniper_hills"
"""The school whose session is rehearsed first."""
SCHOOLS = (FRESH, "willow_bend", "lantern_cove", "three_pines")
ADMINISTRATOR = "UREVIEWER1"


def bring_in(database: Database, now: datetime, schools: Iterable[str] = SCHOOLS) -> None:
    """Keep each of the sample `schools` with its past up to the moment `now` (aware); one that is there already stays.

    It is one transaction: whoever is stopped half way finds nothing, and begins anew.
    """
    live_through(database, now, [read_sample(name, now) for name in schools])


def live_through(database: Database, now: datetime, samples: Sequence[SampleSchool]) -> None:
    """The same for schools that are read already."""
    with database.write() as conn:
        workspace = the_workspace(conn, now)
    with WorkspaceBooks(database, workspace, samples[0].calendar.zone).write() as ledger:
        new = [one for one in samples if find_school(ledger.view.conn, workspace, one.code) is None]
        rubrics = known_rubrics(ledger.view.conn, workspace)
        for sample in new:
            _keep(ledger, sample, [_read(sample, one, rubrics, now) for one in sample.reviews], now)
        # Last, so that the past of another school does not pass over what stands in this one's channel.
        for sample in new:
            stand(ledger, sample, now)


def _keep(ledger: Ledger, sample: SampleSchool, reviews: Sequence[Review], now: datetime) -> None:
    conn, workspace, zone = ledger.view.conn, ledger.view.workspace, sample.calendar.zone
    school = add_school(conn, workspace, sample.code, name=sample.name, network=sample.network, time_zone=zone)
    ledger.schools.set_calendar(school.id, sample.calendar)
    ledger.people.name_administrator(ADMINISTRATOR, now)
    if sample.channel is None:
        keep_reviews(conn, workspace, reviews, now, replace=False)
    else:
        Past(ledger, sample, school.id, ADMINISTRATOR, now).live_through(reviews)


def _read(sample: SampleSchool, one: SampleReview, rubrics: Mapping[str, Rubric], now: datetime) -> Review:
    with as_file(sample.folder / one.file) as path:
        outcomes, _ = read_long(read_table(path), rubrics)
        (review,) = [outcome.review for outcome in outcomes if isinstance(outcome, Found)]
    if one.weeks_ago is None:
        return review
    return replace(review, date=sample.calendar.today(now) - timedelta(weeks=one.weeks_ago))
