"""Ballots of one round; what leaves here are totals, counts, and a person's own ballot to that person."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, func, select, union_all

from planning.ballot import Dots, Tally, hides_voters, tally
from planning.grid import Place, Placements
from planning.session import Session
from rubric.rubric import IndicatorId
from storage.tables.sessions import ballot_drafts, ballots, placements, tallies, totals
from storage.view import View

PAPER = "paper"
ALL = "all"


def _of_round(table: Any) -> tuple[Any, ...]:
    columns = table.c
    return (
        columns.workspace == bindparam("workspace"),
        columns.session_id == bindparam("session"),
        columns.round == bindparam("round"),
    )


_VOTED = select(ballots.c.person).distinct().where(*_of_round(ballots))
_TALLIED = select(tallies.c.of, tallies.c.ballots).where(*_of_round(tallies))
_PLACED = select(placements).where(*_of_round(placements))
_DOTS = union_all(
    select(ballots.c.domain, ballots.c.indicator, func.sum(ballots.c.dots).label("dots"))
    .where(*_of_round(ballots))
    .group_by(ballots.c.domain, ballots.c.indicator),
    select(totals.c.domain, totals.c.indicator, totals.c.dots).where(
        *_of_round(totals), totals.c.of == bindparam("of")
    ),
)


class Ballots:
    """The ballots of one workspace's sessions."""

    def __init__(self, view: View) -> None:
        self._view = view

    def cast(self, session: Session, person: str, dots: Dots) -> None:
        """Set the whole ballot of `person`; what they had only begun is done with."""
        theirs = {"session_id": session.id, "round": session.round, "person": person}
        self._view.delete_rows(ballot_drafts, **theirs)
        self._view.replace_rows(
            ballots,
            theirs,
            ({"domain": i.domain, "indicator": i.name, "dots": count} for i, count in dots.items()),
        )

    def own(self, session: Session, person: str) -> Dots:
        """The dots that `person` has placed in this round."""
        rows = self._view.rows(ballots, session_id=session.id, round=session.round, person=person)
        return {IndicatorId(row.domain, row.indicator): row.dots for row in rows}

    def begin(self, session: Session, person: str, dots: Dots) -> None:
        """Keep what `person` has placed so far, without counting it."""
        placed = [[i.domain, i.name, count] for i, count in dots.items() if count]
        self._view.upsert(
            ballot_drafts, {"session_id": session.id, "round": session.round, "person": person, "dots": placed}
        )

    def begun(self, session: Session, person: str) -> Dots | None:
        """What `person` had placed when they left off, or None where nothing waits to be sent."""
        rows = self._view.rows(ballot_drafts, session_id=session.id, round=session.round, person=person)
        return {IndicatorId(domain, name): dots for domain, name, dots in rows[0].dots} if rows else None

    def voted(self, session: Session) -> frozenset[str]:
        """Who has voted in this round: for reminding the others in private, never for showing."""
        return frozenset(row.person for row in self._view.ask(_VOTED, **_of(session)))

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
        for table in (ballots, ballot_drafts):
            self._view.delete_rows(table, session_id=session.id, round=session.round)

    def on_paper(self, session: Session) -> int:
        """How many ballots the batch on paper stands for."""
        return self._tallied(session).get(PAPER, 0)

    def count(self, session: Session) -> int:
        """How many ballots this round has, those on paper included."""
        return self._count(session, self._tallied(session))

    def tally(self, session: Session) -> Tally:
        """The totals of this round over all that was voted on; only for after the reveal."""
        kept = self._tallied(session)
        dots: Counter[IndicatorId] = Counter()
        for row in self._view.ask(_DOTS, **_of(session), of=ALL if ALL in kept else PAPER):
            dots[IndicatorId(row.domain, row.indicator)] += row.dots
        return tally(dots, self._count(session, kept), session.contest)

    def forget(self, session: Session) -> None:
        """Reduce the ballots of the last vote, and of the runoff after it, to totals; delete every ballot there is.

        So few ballots that their totals would tell who chose what leave no totals either.
        """
        for vote in {session.first_round.round: session.first_round, session.round: session}.values():
            result, in_slack = self.tally(vote), len(self.voted(vote))
            if hides_voters(in_slack, result.ballots):
                self._keep_total(vote, ALL, dict(result.totals), result.ballots)
        for table in (ballots, ballot_drafts, placements):
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

    def _tallied(self, session: Session) -> dict[str, int]:
        return {row.of: row.ballots for row in self._view.ask(_TALLIED, **_of(session))}

    def _count(self, session: Session, tallied: Mapping[str, int]) -> int:
        return tallied[ALL] if ALL in tallied else len(self.voted(session)) + tallied.get(PAPER, 0)


def _of(session: Session) -> dict[str, Any]:
    return {"session": session.id, "round": session.round}
