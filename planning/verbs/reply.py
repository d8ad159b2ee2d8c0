"""A school's leader replies to whoever asked from outside: they hear it in their staff hours, and it stays."""

from datetime import datetime

from planning.comments import CommentError, Reply, checked
from planning.errands import What
from planning.ledger import Books
from planning.messages import Kind
from planning.people import OutsiderError


def reply(books: Books, who: str, school: str, asker: str, text: str, request: str, now: datetime) -> None:
    """Keep what `who` replies to `asker` about the plan of `school`, and tell them.

    `request` identifies the submission, so that a retried one is one. Raises OutsiderError for anybody but the school's
    own leaders, and CommentError without a word or with too many, or where `asker` does not look after the school
    any more.
    """
    with books.write() as ledger:
        if not ledger.people.viewer(who, school).sees_answers:
            raise OutsiderError
        said = checked(text)
        if not ledger.people.viewer(asker, school).may_ask_leader:
            raise CommentError("Whoever asked does not look after this school any more. Nothing was sent.")
        if ledger.replies.add(Reply(request, school, who, said, now)):
            ledger.errands.leave(What.TELL, Kind.REPLY, asker, request, school, school, at=now)
            ledger.deliveries.refresh(Kind.UPDATE_WANTED, school, now, to=who, newest=1)
