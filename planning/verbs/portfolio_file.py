"""A reviewer wants their portfolio as a file: it comes in their direct messages, with what they may see by then."""

import json
from datetime import datetime

from planning.ledger import Books
from planning.messages import Kind, Wanted
from planning.portfolio import Asked, Order


def want(books: Books, asked: Asked, form: str, request: str, now: datetime) -> None:
    """Owe the file in `form` to the person who asked; the same `request` for the same rows is one file."""
    subject = json.dumps([form, asked.order.value, asked.network])
    with books.write() as ledger:
        ledger.deliveries.want(Wanted(Kind.PORTFOLIO_FILE, asked.person, f"{request}/{subject}", subject, now))


def wanted(person: str, subject: str) -> tuple[str, Asked]:
    """The form and the rows that a message about `subject` is to have for `person`."""
    form, order, network = json.loads(subject)
    return str(form), Asked(person, Order(order), network)
