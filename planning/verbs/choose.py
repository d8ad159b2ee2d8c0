"""Choosing the priorities after the reveal; what was not chosen keeps a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from planning.ledger import Books, Ledger
from planning.phases import Phase
from planning.plan import Priority
from planning.session import Session, SetAside
from planning.verbs.guard import entered, facilitated, in_phase, show
from planning.verbs.vote import proposal, revealed
from rubric.errors import LeversError
from rubric.rubric import IndicatorId

NOT_YET = "Not among the first priorities this time."


class ChoiceError(LeversError):
    """The choice needs something more; `field` names the input."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


def decided(ledger: Ledger, session: Session) -> tuple[Priority, ...]:
    """The priorities that the team chose on this ballot and shortlist: none after a fresh ballot, until it chooses."""
    priorities = ledger.plans.priorities(session.id)
    spoken_of = {one.indicator for one in priorities} | {entry.indicator for entry in session.deferred}
    return priorities if spoken_of == {entry.indicator for entry in session.shortlist} else ()


def choose(
    books: Books,
    who: str,
    session_id: str,
    chosen: Sequence[IndicatorId | str],
    reason: str,
    deferred: str,
    now: datetime,
) -> Session:
    """Set the team's priorities (or their marks), in the order given; the rest is deferred, with `deferred` as reason.

    Without one, those that were deferred before keep the sentence that they have. Priorities chosen before and chosen
    again keep what was written about them. `reason` is needed for more priorities than three or the session's limit,
    and where the choice is not the one that the dots alone would make. Raises ChoiceError.
    """
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(in_phase(session, Phase.CHOOSE), who)
        found = [session.listed(one) for one in dict.fromkeys(chosen)]
        entries = [entry for entry in found if entry]
        if not entries or len(entries) != len(found):
            raise ChoiceError("chosen", "Choose at least one indicator from the shortlist.")
        wanted = [entry.indicator for entry in entries]
        _reasoned(ledger, session, wanted, reason)
        before = {p.indicator: p for p in ledger.plans.priorities(session.id)}
        ledger.plans.choose(
            session.id,
            [
                replace(before[e.indicator], place=place)
                if e.indicator in before
                else Priority(ledger.new_id(), session.id, place, e.indicator, e.level)
                for place, e in enumerate(entries, start=1)
            ],
        )
        own, for_all = {entry.indicator: entry.reason for entry in session.deferred}, deferred.strip()
        rest = tuple(
            SetAside(e.indicator, e.level, for_all or own.get(e.indicator, NOT_YET))
            for e in session.shortlist
            if e.indicator not in wanted
        )
        settled = replace(session, deferred=rest, settled_by=reason.strip())
        ledger.sessions.save(settled)
        show(ledger, settled, now)
        return settled


def say_why(books: Books, who: str, session_id: str, reasons: Mapping[str, str], now: datetime) -> Session:
    """Give deferred indicators, by their marks, a sentence each; what is left empty keeps the one it has."""
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(in_phase(session, Phase.CHOOSE), who)
        told = tuple(
            replace(entry, reason=reasons.get(entry.indicator.mark, "").strip() or entry.reason)
            for entry in session.deferred
        )
        changed = replace(session, deferred=told)
        ledger.sessions.save(changed)
        show(ledger, changed, now)
        return changed


def _reasoned(ledger: Ledger, session: Session, wanted: Sequence[IndicatorId], reason: str) -> None:
    if reason.strip():
        return
    if len(wanted) > (few := session.rules.unexplained):
        more = "1 priority needs" if few == 1 else f"{few} priorities need"
        raise ChoiceError("reason", f"More than {more} a reason. Few get done.")
    by_dots = proposal(ledger, session)
    if by_dots.tied:
        raise ChoiceError("reason", "There is a tie at the cut. Say how the team settled it.")
    if revealed(ledger, session.first_round) and set(wanted) != set(by_dots.clear):
        raise ChoiceError("reason", "This is not what the dots alone would choose. Say why the team chose it.")
