"""Shaping the shortlist, and the principal's word before the vote."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from planning.ledger import Books, Ledger
from planning.people import NotAllowedError, Role, Viewer
from planning.phases import Phase
from planning.remarks import Deed
from planning.session import Concern, Listed, Session, SetAside
from planning.verbs.guard import current, entered, in_phase, show, tell
from planning.verbs.start import listed
from rubric.errors import LeversError
from rubric.ranking import rank
from rubric.rubric import IndicatorId

Named = IndicatorId | str
"""An indicator, or its mark where its names are too long to send along."""
MOST_CONCERNS = 40
"""So many can be read in a meeting, and on its cards."""


class ShortlistError(LeversError):
    """The indicator cannot be added or taken off; `field` names the input at fault."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


def add(books: Books, who: str, session_id: str, indicator: Named, reason: str, now: datetime) -> Session:
    """Put a rated indicator on the shortlist, with the team's reason. One that was taken off comes back."""
    if not reason.strip():
        raise ShortlistError("reason", "Say in a sentence why the team wants to look at this one.")
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        in_phase(session, Phase.FOCUS)
        if there := session.listed(indicator):
            raise ShortlistError("indicator", f"{session.called(there.indicator)} is on the shortlist already.")
        review = ledger.reviews.load(session.review)
        ranked = rank(review.rubric, review.review, review.earlier)
        found = next((one for one in ranked if one.rating.indicator.is_meant_by(indicator)), None)
        if found is None:
            raise ShortlistError("indicator", "The review did not rate that indicator.")
        added = listed(found, reason.strip())
        changed = replace(
            session,
            shortlist=(*session.shortlist, added),
            removed=tuple(entry for entry in session.removed if entry.indicator != added.indicator),
        )
        return _keep(ledger, changed, Deed.LISTED, who, changed.called(added.indicator), now, reason.strip())


def remove(books: Books, who: str, session_id: str, indicator: Named, reason: str, now: datetime) -> Session:
    """Take an indicator off the shortlist; it stays visible with the reason."""
    if not reason.strip():
        raise ShortlistError("reason", "Say in a sentence why it comes off.")
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        in_phase(session, Phase.FOCUS)
        entry = session.listed(indicator)
        if entry is None:
            raise ShortlistError("indicator", "That one is not on the shortlist any more. Open this again.")
        changed = replace(
            session,
            shortlist=tuple(other for other in session.shortlist if other is not entry),
            removed=(*session.removed, SetAside(entry.indicator, entry.level, reason.strip(), entry.why_added)),
        )
        return _keep(ledger, changed, Deed.TOOK_OFF, who, session.called(entry.indicator), now, reason.strip())


def put_back(books: Books, who: str, session_id: str, indicator: Named, now: datetime) -> Session:
    """Undo taking an indicator off: it stands where it stood. One that is on the shortlist already stays."""
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        in_phase(session, Phase.FOCUS)
        gone = next((entry for entry in session.removed if entry.indicator.is_meant_by(indicator)), None)
        if gone is None:
            return session
        review = ledger.reviews.load(session.review)
        ranked = rank(review.rubric, review.review, review.earlier)
        order = {one.rating.indicator: place for place, one in enumerate(ranked)}
        back = listed(ranked[order[gone.indicator]], gone.why_added)
        shortlist = sorted((*session.shortlist, back), key=lambda entry: _stands(entry, session, order))
        rest = tuple(entry for entry in session.removed if entry is not gone)
        changed = replace(session, shortlist=tuple(shortlist), removed=rest)
        return _keep(ledger, changed, Deed.PUT_BACK, who, session.called(gone.indicator), now)


def _stands(entry: Listed, session: Session, order: Mapping[IndicatorId, int]) -> tuple[bool, int]:
    """By rank; what the team added comes after that, in the order it was added."""
    if not entry.why_added:
        return (False, order[entry.indicator])
    places = [one.indicator for one in session.shortlist]
    return (True, places.index(entry.indicator) if entry.indicator in places else len(places))


def undo_add(books: Books, who: str, session_id: str, indicator: Named, now: datetime) -> Session:
    """Undo adding an indicator: it goes as if it had not been added. One that the review put there stays."""
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        in_phase(session, Phase.FOCUS)
        entry = session.listed(indicator)
        if entry is None or not entry.why_added:
            return session
        shortlist = tuple(other for other in session.shortlist if other is not entry)
        changed = replace(session, shortlist=shortlist)
        return _keep(ledger, changed, Deed.TOOK_OFF, who, session.called(entry.indicator), now)


def note_concern(
    books: Books, who: str, session_id: str, indicator: Named, text: str, named: bool, request: str, now: datetime
) -> Session:
    """Note what somebody wants weighed about an indicator; without a name, nobody's is kept.

    `request` identifies the submission, so that a retried one notes nothing twice. Raises ShortlistError, and
    WrongPhaseError once the priorities are chosen.
    """
    if not text.strip():
        raise ShortlistError("concern", "Say in a sentence what should be weighed.")
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        if session.phase not in (Phase.FOCUS, Phase.VOTE, Phase.CHOOSE):
            in_phase(session, Phase.FOCUS)
        current(session, None)
        about = session.listed(indicator)
        if about is None:
            raise ShortlistError("concern", "That one is not on the shortlist any more.")
        if any(concern.id == request for concern in session.concerns):
            return session
        if len(session.concerns) >= MOST_CONCERNS:
            raise ShortlistError("concern", f"{MOST_CONCERNS} concerns are noted already. Talk about those first.")
        concern = Concern(request, about.indicator, text.strip(), who if named else None)
        changed = replace(session, concerns=(*session.concerns, concern))
        return _keep(ledger, changed, Deed.NOTED, concern.person, session.called(about.indicator), now, concern.text)


def _keep(
    ledger: Ledger, session: Session, deed: Deed, who: str | None, about: str, now: datetime, why: str = ""
) -> Session:
    ledger.sessions.save(session)
    tell(ledger, session, deed, who, about, now, why)
    show(ledger, session, now)
    return session


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
        return _keep(ledger, changed, Deed.SAID, who, "advises" if advises else "decides", now, off_table.strip())
