"""A leader's or a reviewer's word about an action: its owner hears it in their staff hours, and it stays with it."""

from datetime import datetime

from planning.comments import Comment, checked
from planning.errands import What
from planning.ledger import Books
from planning.messages import Kind
from planning.people import OutsiderError
from planning.verbs.kept import RECENT, known
from planning.verbs.leadership import leader_of


def comment(books: Books, who: str, action_id: str, text: str, request: str, now: datetime) -> str:
    """Keep what `who` says about an action and tell its owner; the leader, where nobody owns it. Returns the action's
    text.

    `request` identifies the submission, so that a retried one is one. Raises OutsiderError for anybody but the school's
    leaders and reviewers, and CommentError without a word or with too many.
    """
    with books.write() as ledger:
        action, plan = known(ledger, action_id, seen_by=who)
        if not ledger.people.viewer(who, plan.school).may_comment:
            raise OutsiderError
        said = checked(text)
        if not ledger.comments.add(Comment(request, action.id, who, said, now)):
            return action.step.text
        told = leader_of(ledger, plan.school) if action.refused else action.step.owner
        if told is not None and told != who:
            ledger.errands.leave(What.TELL, Kind.COMMENT, told, request, action.id, plan.school, at=now)
        ledger.deliveries.refresh_asking(action.step.owner, (action.id,), now, newest=RECENT)
        return action.step.text
