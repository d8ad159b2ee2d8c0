"""All that anybody is shown of a school's session and plan, besides their own ballot."""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.documents import csv_file, pages
from bot.documents.reading import HOST, NothingToShowError, Sight, school_document
from bot.documents.vote_picture import VotePicture
from bot.handlers import home
from bot.handlers.requests import Desk
from bot.handlers.schools import standing
from bot.handlers.steer import window
from bot.messages import render
from planning.messages import Delivery, Kind, Wanted
from planning.session import Session
from planning.sift import Sift
from storage.books import Ledger, WorkspaceBooks

_ID = re.compile(r"[0-9a-f]{16}")


def shown(
    books: WorkspaceBooks, session: Session, people: Sequence[str], now: datetime, *, documents: bool = False
) -> str:
    """Cards, windows, Home, status, and with `documents` every file, as they stand at `now`; ids are as they come.

    The card's place is taken for sent, so that what an old one shrinks to is there too.
    """
    desk = Desk(books, lambda: now, "ULEVERS")
    with books.read() as ledger:
        seen: list[Any] = [_message(ledger, kind, to, on, session, now) for kind, to, on in _messages(ledger, session)]
        here = ledger.schools.load(session.school)
        seen += [[block.to_dict() for block in standing(ledger, here, who, now)] for who in people]
        if documents:
            seen += [_files(ledger, session.school, sight) for sight in _sights(ledger, session.school, people)]
    if not session.ended:
        seen += [window(desk, who, session.id).to_dict() for who in people]
    seen += [home.tab(desk, who, Sift()).to_dict() for who in people]
    return json.dumps(seen, ensure_ascii=False)


def without_ids(shown: str) -> str:
    """The same with our own random ids numbered as they come, so that two databases can be compared."""
    numbers: dict[str, str] = {}
    return _ID.sub(lambda found: numbers.setdefault(found[0], f"#{len(numbers)}"), shown)


def _messages(ledger: Ledger, session: Session) -> list[tuple[Kind, str, str]]:
    """(kind, receiver, occasion) of what is posted about it."""
    there = [(Kind.CARD, session.channel, session.card), (Kind.DETAILS, session.channel, session.card)]
    there.append((Kind.PICTURE, session.channel, f"{session.id}/{session.round}"))
    if plan := ledger.plans.of_session(session.id):
        there.append((Kind.PLAN, session.channel, plan.id))
    return there


def _message(ledger: Ledger, kind: Kind, to: str, occasion: str, session: Session, now: datetime) -> Any:
    subject = occasion if kind is Kind.PLAN else session.id
    said = render(ledger, Delivery("d", Wanted(kind, to, occasion, subject, now)), now)
    if said is None:
        return None
    picture = said.attached.content if isinstance(said.attached, VotePicture) else None
    return [said.text, [block.to_dict() for block in said.blocks], repr(picture)]


def _sights(ledger: Ledger, school: str, people: Sequence[str]) -> list[Sight]:
    return [HOST, *(Sight.of(ledger.people.viewer(who, school)) for who in people)]


def _files(ledger: Ledger, school: str, sight: Sight) -> list[str]:
    try:
        document = school_document(ledger, school, sight)
    except NothingToShowError as error:
        return [str(error)]
    return [pages.html(document).decode(), csv_file.csv_file(document).decode()]
