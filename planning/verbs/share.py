"""A school's leader shows it to a reviewer of another workspace, sees to whom it is shown, and takes that back."""

from collections.abc import Sequence
from datetime import date, datetime

from planning.grants import Grant, GrantError
from planning.ledger import Books, Ledger
from planning.people import NotAllowedError, OutsiderError


class NotSharerError(NotAllowedError):
    """Only the school's own leader shows it to somebody outside."""

    def __init__(self) -> None:
        super().__init__("Only the school's principal or backup leader can share it. Nothing was changed.")


def code_of(books: Books, who: str) -> str:
    """The code that `who` gives to a leader of another workspace; always the same one."""
    with books.write() as ledger:
        return ledger.grants.code_of(who)


def give(
    books: Books, who: str, school: str, code: str, called: str, until: date | None, request: str, now: datetime
) -> Grant:
    """Show `school` to the reviewer who goes by `code`. `request` is the grant's id, so that sent twice is given once.

    Raises OutsiderError, NotSharerError, or GrantError for a code that nobody goes by, no name, or a day that is past.
    """
    code, called = code.strip().lower(), " ".join(called.split())
    with books.write() as ledger:
        _leads(ledger, who, school)
        given = ledger.grants.of_school(school)
        today = ledger.schools.calendar(school).today(now)
        for one in given:
            if one.id == request:
                return one
            if one.code == code and one.holds(today):
                raise GrantError("code", "The school is shared with this code already. Revoke that first to change it.")
        if not ledger.grants.known(code):
            raise GrantError("code", "Nobody goes by this code here. The reviewer finds theirs in `/levers portfolio`.")
        if not called:
            raise GrantError("called", "Say who it is, so that you know later whom you share with.")
        if until is not None and until < today:
            raise GrantError("until", "That day has passed. Choose today or a later day, or none.")
        grant = Grant(request, school, code, called, until, who, now)
        ledger.grants.give(grant)
        return grant


def given(ledger: Ledger, who: str, school: str) -> Sequence[Grant]:
    """Every grant of `school` for its leader to see. Raises OutsiderError or NotSharerError."""
    _leads(ledger, who, school)
    return ledger.grants.of_school(school)


def revoke(books: Books, who: str, grant_id: str, now: datetime) -> Grant:
    """End a grant at once; ended already, it stays so. Raises GrantNotFoundError, OutsiderError or NotSharerError."""
    with books.write() as ledger:
        grant = ledger.grants.load(grant_id)
        _leads(ledger, who, grant.school)
        if grant.revoked_at is None:
            ledger.grants.revoke(grant.id, who, now)
        return ledger.grants.load(grant.id)


def _leads(ledger: Ledger, who: str, school: str) -> None:
    viewer = ledger.people.viewer(who, school)
    if not viewer.knows_school:
        raise OutsiderError
    if not viewer.may_share:
        raise NotSharerError
