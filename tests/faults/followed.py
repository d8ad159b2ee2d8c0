"""Schools whose owners are to be asked, in a practice workspace, and a clock that jumps to what is due next."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select, update

from planning.verbs import draft, follow
from planning.verbs.commit import commit
from storage.books import WorkspaceBooks
from storage.database import Database
from storage.schools import change_school
from storage.tables.messages import deliveries, reminders
from tests.clocks import set_clock
from tests.faults.mill import Mill, mill
from tests.planning.school import NOW, REVIEWER, School, a_school, step


@dataclass
class Followed:
    """A workspace with the people whom Levers asks, and the file that moves its clock."""

    mill: Mill
    books: WorkspaceBooks
    schools: dict[str, str]
    owners: dict[str, str]
    clock: Path

    def set_time(self, moment: datetime) -> None:
        """Move the senders' clock to `moment`."""
        set_clock(self.clock, moment)

    def check_ins(self) -> Counter[str]:
        """How many check-in messages stand in Slack, by person."""
        posted, found = self.mill.posted(), Counter[str]()
        with self.books.database.read() as conn:
            for row in conn.execute(select(deliveries).where(deliveries.c.kind == "check-in")):
                found[row.recipient] += posted[row.key]
        return found

    def told(self) -> set[tuple[str, date]]:
        """Who was sent a check-in message for which local date, as the database has it."""
        of = deliveries.c
        with self.books.database.read() as conn:
            sent = conn.execute(select(of.recipient, of.occasion).where(of.kind == "check-in", of.ts.is_not(None)))
            return {(person, date.fromisoformat(day)) for person, day in sent}

    def rows(self) -> list[tuple[str, str, str, date, str | None]]:
        """Every reminder: who, about what, why, for which day, and which message carried it."""
        of = reminders.c
        with self.books.database.read() as conn:
            query = select(of.person, of.action_id, of.reason, of.planned, of.carried_by)
            return [tuple(row) for row in conn.execute(query)]  # type: ignore[misc]


@contextmanager
def followed(
    folder: Path,
    database: Database,
    owners: int,
    each: int = 1,
    zones: tuple[str, ...] = ("America/Chicago",),
    due: date = date(2027, 2, 1),
    now: datetime = NOW,
) -> Iterator[Followed]:
    """In each of the zones a school, where so many owners have taken on so many actions `each`, a week before `due`."""
    names = {f"U{zone.rsplit('/')[-1].replace('_', '').upper()}{n}": zone for zone in zones for n in range(owners)}
    people = (*names, "UPRINCIPAL", "UCOACH", "UREVIEWER", "UBACKUP", "UANA", "UBEN", "UCLEO", "UDAN")
    team = tuple(names)
    schools = {zone: a_school(database, "TSMALL", f"OAK{n}", f"CMILL{n}", now, team) for n, zone in enumerate(zones)}
    for zone, school in schools.items():
        with database.write() as conn:
            change_school(conn, school.books.workspace, school.id, time_zone=zone)
        _owned(school, [one for one, here in names.items() if here == zone], each, due)
    books = next(iter(schools.values())).books
    with database.write() as conn:
        # What led to the plan was said long ago.
        other = (deliveries.c.kind != "check-in", deliveries.c.workspace == books.workspace)
        conn.execute(update(deliveries).where(*other).values(state="settled"))
    with mill(folder / "workspace", database, len(zones), "TSMALL", people) as ready:
        ids = {zone: school.id for zone, school in schools.items()}
        yield Followed(ready, books, ids, names, folder / "clock")


def _owned(school: School, owners: list[str], each: int, due: date) -> None:
    session = school.planning()
    for priority in (priorities := school.read(lambda ledger: ledger.plans.priorities(session.id))):
        draft.describe(school.books, REVIEWER, priority.id, "Why", "What for", "Mastering", "How", school.now)
        draft.add_action(school.books, "UANA", priority.id, step("UANA", due=due), f"for-{priority.id}", school.now)
    for owner in owners:
        for number in range(each):
            one = step(owner, f"Write unit plan number {number}", due)
            draft.add_action(school.books, REVIEWER, priorities[0].id, one, f"{owner}-{number}", school.now)
    session = school.go_on()
    plan = commit(school.books, REVIEWER, session.id, session.step, school.now)
    for owner in owners:
        follow.accept_all(school.books, owner, plan.id, each, school.now)
