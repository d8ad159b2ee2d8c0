"""Ballots of one round; what leaves here are totals, counts, and a person's own ballot to that person."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Row, bindparam, literal, null, select, union_all

from planning.ballot import Dots, Tally, hides_voters, tally
from planning.grid import Place, Placements
from planning.session import Session
from rubric.rubric import IndicatorId
from storage.statements import as_lists
from storage.tables.sessions import ballots, placements, tallies, totals
from storage.view import View

SLACK = "slack"
PAPER = "paper"
ALL = "all"


def _of_round(table: Any) -> tuple[Any, ...]:
    columns = table.c
    return (
        columns.workspace == bindparam("workspace"),
        columns.session_id == bindparam("session"),
        columns.round == bindparam("round"),
    )


_COUNTED = union_all(
    select(ballots.c.person, literal(SLACK).label("of"), literal(1).label("ballots")).where(
        *_of_round(ballots), ballots.c.dots.is_not(null())
    ),
    select(literal(""), tallies.c.of, tallies.c.ballots).where(*_of_round(tallies)),
)
"""Who has voted in a round, and what else counts in it, in one query: every ballot asks for it."""


@cache
def _cast(dialect: str) -> CompoundSelect[Any]:
    """The same with what was cast: by one person, or together."""
    of_it = (getattr(totals.c, name) == tallies.c[name] for name in ("workspace", "session_id", "round", "of"))
    together = select(as_lists(dialect, totals.c.domain, totals.c.indicator, totals.c.dots)).where(*of_it)
    return union_all(
        select(ballots.c.person, literal(SLACK).label("of"), literal(1).label("ballots"), ballots.c.dots).where(
            *_of_round(ballots), ballots.c.dots.is_not(null())
        ),
        select(literal(""), tallies.c.of, tallies.c.ballots, together.scalar_subquery()).where(*_of_round(tallies)),
    )


_PLACED = select(placements).where(*_of_round(placements))


class Ballots:
    """The ballots of one workspace's sessions."""

    def __init__(self, view: View) -> None:
        self._view = view

    def cast(self, session: Session, person: str, dots: Dots) -> None:
        """Set the whole ballot of `person`; what they had only begun is done with."""
        self._keep(session, person, {"dots": _written(dots), "begun": None})

    def own(self, session: Session, person: str) -> Dots:
        """The dots that `person` has placed in this round."""
        return next((_placed(row.dots) for row in self._rows(session, person) if row.dots), {})

    def begin(self, session: Session, person: str, dots: Dots) -> None:
        """Keep what `person` has placed so far, without counting it."""
        self._keep(session, person, {"begun": _written(dots)})

    def begun(self, session: Session, person: str) -> Dots | None:
        """What `person` had placed when they left off, or None where nothing waits to be sent."""
        return next((_placed(row.begun) for row in self._rows(session, person) if row.begun is not None), None)

    def voted(self, session: Session) -> frozenset[str]:
        """Who has voted in this round: for reminding the others in private, never for showing."""
        return frozenset(row.person for row in self._view.ask(_COUNTED, **_of(session)) if row.of == SLACK)

    def place(self, session: Session, person: str, placed: Placements) -> None:
        """Set where `person` sees the leading indicators."""
        self._view.replace_rows(
            placements,
            {"session_id": session.id, "round": session.round, "person": person},
            (
                {"domain": i.domain, "indicator": i.name, "impact": p.impact, "feasibility": p.feasibility}
                for i, p in placed.items()
            ),
        )

    def placed(self, session: Session, person: str) -> Placements:
        """Where `person` sees the leading indicators, to that person."""
        return self._placed(session).get(person, {})

    def placements(self, session: Session) -> tuple[Placements, ...]:
        """Everybody's placements without their names: for the grid, never for showing one by one."""
        return tuple(self._placed(session).values())

    def _placed(self, session: Session) -> dict[str, dict[IndicatorId, Place]]:
        found: defaultdict[str, dict[IndicatorId, Place]] = defaultdict(dict)
        for row in self._view.ask(_PLACED, **_of(session)):
            found[row.person][IndicatorId(row.domain, row.indicator)] = Place(row.impact, row.feasibility)
        return found

    def add_paper(self, session: Session, dots: Dots, count: int) -> None:
        """Keep one anonymous batch of `count` paper ballots; it replaces the batch before."""
        self._keep_total(session, PAPER, dots, count)

    def take_back(self, session: Session) -> None:
        """Delete the ballots that were cast and begun in Slack in this round."""
        self._view.delete_rows(ballots, session_id=session.id, round=session.round)

    def on_paper(self, session: Session) -> int:
        """How many ballots the batch on paper stands for."""
        return self._tallied(session).get(PAPER, 0)

    def count(self, session: Session) -> int:
        """How many ballots this round has, those on paper included."""
        return self._count(session, self._tallied(session))

    def tally(self, session: Session) -> Tally:
        """The totals of this round over all that was voted on; only for after the reveal."""
        votes = self._view.ask(_cast(self._view.dialect), **_of(session))
        self._view.know(_COUNTED, votes, **_of(session))
        kept = self._tallied(session)
        dots: Counter[IndicatorId] = Counter()
        for vote in votes:
            # The totals of all stand for the batch on paper too.
            if vote.of in (SLACK, ALL) or ALL not in kept:
                dots.update(_placed(vote.dots or ()))
        return tally(dots, self._count(session, kept), session.contest)

    def forget(self, session: Session) -> None:
        """Reduce the ballots of the last vote, and of the runoff after it, to totals; delete every ballot there is.

        So few ballots that their totals would tell who chose what leave no totals either.
        """
        for vote in {session.first_round.round: session.first_round, session.round: session}.values():
            result, in_slack = self.tally(vote), len(self.voted(vote))
            if hides_voters(in_slack, result.ballots):
                self._keep_total(vote, ALL, dict(result.totals), result.ballots)
        for table in (ballots, placements):
            self._view.delete_rows(table, session_id=session.id)
        for table in (totals, tallies):
            self._view.delete_rows(table, session_id=session.id, of=PAPER)

    def _keep_total(self, session: Session, of: str, dots: Dots, count: int) -> None:
        owner = {"session_id": session.id, "round": session.round, "of": of}
        self._view.replace_rows(totals, owner, ())
        self._view.replace_rows(tallies, owner, ({"ballots": count},))
        self._view.replace_rows(
            totals, owner, ({"domain": i.domain, "indicator": i.name, "dots": n} for i, n in dots.items() if n)
        )

    def _rows(self, session: Session, person: str) -> Sequence[Row[Any]]:
        return self._view.rows(ballots, session_id=session.id, round=session.round, person=person)

    def _keep(self, session: Session, person: str, what: Mapping[str, Any]) -> None:
        self._view.upsert(ballots, {"session_id": session.id, "round": session.round, "person": person, **what})

    def _tallied(self, session: Session) -> dict[str, int]:
        return {row.of: row.ballots for row in self._view.ask(_COUNTED, **_of(session)) if row.of != SLACK}

    def _count(self, session: Session, tallied: Mapping[str, int]) -> int:
        return tallied[ALL] if ALL in tallied else len(self.voted(session)) + tallied.get(PAPER, 0)


def _written(dots: Dots) -> list[list[str | int]]:
    return [[i.domain, i.name, count] for i, count in dots.items() if count]


def _placed(written: Iterable[tuple[str, str, int]]) -> dict[IndicatorId, int]:
    return {IndicatorId(domain, name): count for domain, name, count in written}


def _of(session: Session) -> dict[str, Any]:
    return {"session": session.id, "round": session.round}
