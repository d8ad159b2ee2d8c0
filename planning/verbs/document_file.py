"""Somebody wants a school's findings and plan as a file: it comes in their direct messages, as they may see it then."""

from datetime import datetime

from planning.ledger import Books
from planning.messages import Kind, Wanted
from planning.people import OutsiderError


def want(books: Books, who: str, school: str, form: str, request: str, now: datetime) -> None:
    """Owe `who` the file in `form`; the same `request` is one file. Raises OutsiderError for a stranger."""
    with books.write() as ledger:
        if not ledger.people.viewer(who, school).knows_school:
            raise OutsiderError
        ledger.deliveries.want(Wanted(Kind.DOCUMENT_FILE, who, f"{form}/{request}", school, now))
