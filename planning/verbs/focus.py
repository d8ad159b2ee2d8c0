"""Shaping the shortlist, and the principal's word before the vote."""

from dataclasses import replace
from datetime import datetime

from planning.ledger import Books
from planning.people import NotAllowedError, Role, Viewer
from planning.phases import Phase
from planning.session import Session, SetAside
from planning.verbs.guard import entered, in_phase, show
from planning.verbs.start import listed
from rubric.errors import LeversError
from rubric.ranking import rank
from rubric.rubric import IndicatorId


class ShortlistError(LeversError):
    """The indicator cannot be added or taken off; `field` names the input at fault."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


def add(books: Books, who: str, session_id: str, indicator: IndicatorId, reason: str, now: datetime) -> Session:
    """Put a rated indicator on the shortlist, with the team's reason. One that was taken off comes back."""
    if not reason.strip():
        raise ShortlistError("reason", "Say in a sentence why the team wants to look at this one.")
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        in_phase(session, Phase.FOCUS)
        if session.listed(indicator):
            raise ShortlistError("indicator", f"{indicator.name} is on the shortlist already.")
        review = ledger.reviews.load(session.review)
        ranked = {r.rating.indicator: r for r in rank(review.rubric, review.review, review.earlier)}
        if indicator not in ranked:
            raise ShortlistError("indicator", f"The review did not rate {indicator.name}.")
        changed = replace(
            session,
            shortlist=(*session.shortlist, listed(ranked[indicator], reason.strip())),
            removed=tuple(entry for entry in session.removed if entry.indicator != indicator),
        )
        ledger.sessions.save(changed)
        show(ledger, changed, now)
        return changed


def remove(books: Books, who: str, session_id: str, indicator: IndicatorId, reason: str, now: datetime) -> Session:
    """Take an indicator off the shortlist; it stays visible with the reason."""
    if not reason.strip():
        raise ShortlistError("reason", "Say in a sentence why it comes off.")
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        in_phase(session, Phase.FOCUS)
        entry = session.listed(indicator)
        if entry is None:
            raise ShortlistError("indicator", f"{indicator.name} is not on the shortlist any more.")
        changed = replace(
            session,
            shortlist=tuple(other for other in session.shortlist if other is not entry),
            removed=(*session.removed, SetAside(entry.indicator, entry.level, reason.strip())),
        )
        ledger.sessions.save(changed)
        show(ledger, changed, now)
        return changed


def speaks_for_school(viewer: Viewer) -> None:
    """Raise NotAllowedError for anybody but the principal and the backup leader."""
    if not viewer.roles & {Role.PRINCIPAL, Role.BACKUP}:
        raise NotAllowedError("That is for the principal to say, or for the backup leader.")


def give_word(books: Books, who: str, session_id: str, off_table: str, advises: bool, now: datetime) -> Session:
    """The principal says what is off the table, and whether the vote advises or decides.

    Raises NotAllowedError for anybody but the principal or the backup leader.
    """
    with books.write() as ledger:
        session, viewer = entered(ledger, session_id, who)
        in_phase(session, Phase.FOCUS)
        speaks_for_school(viewer)
        changed = replace(session, off_table=off_table.strip(), advises=advises)
        ledger.sessions.save(changed)
        show(ledger, changed, now)
        return changed
