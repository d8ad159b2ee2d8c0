"""Opening a session for the school of a channel, on its latest released review."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from planning.ledger import Books, Ledger, ReviewHere, SchoolHere
from planning.messages import Kind
from planning.people import NotConnectedError, OutsiderError, Viewer
from planning.phases import Phase
from planning.session import Listed, Rules, Session, SessionOpenError
from planning.verbs.guard import show
from planning.verbs.timing import ask_when_over
from rubric.errors import LeversError
from rubric.ranking import Ranked, cut, rank


class NoReviewError(LeversError):
    """There is nothing to plan from yet."""

    def __init__(self) -> None:
        super().__init__("There is no review of this school yet. A reviewer brings one in with `levers import`.")


class HeldReviewError(LeversError):
    """The review is there, but not yet for the team."""

    def __init__(self) -> None:
        super().__init__("The review is not released yet. Its reviewer or the principal releases it first.")


class RulesError(LeversError):
    """A number the facilitator set makes no sense; `field` names it."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


def at_channel(ledger: Ledger, channel: str, who: str) -> tuple[SchoolHere, Viewer]:
    """The school of `channel` and the person as it knows them. Raises NotConnectedError or OutsiderError."""
    school = ledger.schools.of_channel(channel, seen_by=who)
    if school is None:
        raise NotConnectedError([one.channel for one in ledger.schools.known_to(who) if one.channel])
    viewer = ledger.people.viewer(who, school.id)
    if not viewer.knows_school:
        raise OutsiderError
    return school, viewer


def ready_review(ledger: Ledger, school: str, chosen: str | None = None) -> ReviewHere:
    """The review that a session would use: the newest released one, or the one that was `chosen`.

    Raises NoReviewError or HeldReviewError; RulesError for a chosen one that is not there to choose.
    """
    review = ledger.reviews.latest(school, released=True)
    if chosen is not None and (review is None or review.id != chosen):
        if all(one.id != chosen for one in ledger.reviews.released(school)):
            raise RulesError("review", "That review is not there any more. Close this and open it again.")
        return ledger.reviews.load(chosen)
    if review is None:
        raise NoReviewError if ledger.reviews.latest(school, released=False) is None else HeldReviewError
    return review


def start(
    books: Books,
    who: str,
    channel: str,
    rules: Rules,
    now: datetime,
    review_id: str | None = None,
    cofacilitators: Sequence[str] = (),
) -> Session:
    """Open the session of the channel's school, with `who` as its facilitator, on its newest review or the chosen one.

    Raises SessionOpenError when one is open (it carries that session), NoReviewError, HeldReviewError, RulesError.
    """
    rules = _checked(rules)
    with books.write() as ledger:
        school, _ = at_channel(ledger, channel, who)
        running = ledger.sessions.open_at(school.id)
        if running is not None:
            raise SessionOpenError(running)
        review = ready_review(ledger, school.id, review_id)
        for person in cofacilitators:
            if not ledger.people.viewer(person, school.id).knows_school:
                raise RulesError("cofacilitators", "Choose people of the school's team, its leaders or its reviewers.")
        shortlist = cut(rank(review.rubric, review.review, review.earlier), rules.shortlist)
        session = Session(
            id=ledger.new_id(),
            school=school.id,
            review=review.id,
            channel=channel,
            facilitator=who,
            opened_at=now,
            rules=rules,
            timer=rules.pace.timer(Phase.GATHER, now),
            cofacilitators=tuple(dict.fromkeys(person for person in cofacilitators if person != who)),
            here=(who,),
            shortlist=tuple(listed(ranked) for ranked in shortlist.shown),
        )
        ledger.sessions.add(session)
        show(ledger, session, now)
        ledger.deliveries.refresh(Kind.CONNECTED, school.id, now)
        ask_when_over(ledger, session)
        return session


def listed(ranked: Ranked, why_added: str = "") -> Listed:
    """A ranked indicator as the shortlist keeps it."""
    return Listed(ranked.rating.indicator, ranked.rating.level, ranked.reasons, why_added)


def _checked(rules: Rules) -> Rules:
    """The rules as they will hold: whoever gives fewer dots than may go on one indicator need not think of that."""
    if not 1 <= rules.shortlist <= 40:
        raise RulesError("shortlist", "Choose a shortlist of 1 to 40 indicators.")
    if not 1 <= rules.priorities <= 12:
        raise RulesError("priorities", "Choose 1 to 12 priorities.")
    if not 1 <= rules.dots <= 20:
        raise RulesError("dots", "Give each person 1 to 20 dots.")
    if rules.cap < 1:
        raise RulesError("cap", "At least 1 dot can go on one indicator.")
    return replace(rules, cap=min(rules.cap, rules.dots))
