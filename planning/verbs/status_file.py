"""Somebody wants where things stand as a file: it comes in their direct messages, with what they may see by then."""

from datetime import datetime

from planning.ledger import Books
from planning.messages import Kind, Wanted


def want(books: Books, who: str, named: str, now: datetime) -> None:
    """Owe `who` the file; `named` is a school's code or a network's name, or empty for everything they may see."""
    with books.write() as ledger:
        ledger.deliveries.want(Wanted(Kind.STATUS_FILE, who, now.isoformat(), named, now))
