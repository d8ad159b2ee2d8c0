"""Connecting a channel to a school, naming its leaders, and releasing a held review."""

from collections.abc import Sequence
from datetime import datetime

from planning.errands import What
from planning.ledger import Books, Ledger
from planning.messages import Kind, Wanted
from planning.people import Leadership, NotAdministratorError, NotReleaserError, OutsiderError, Role
from planning.verbs.kept import RECENT
from planning.verbs.leadership import first_there, hand_on, leader_of, led_until_now, stand_in
from planning.verbs.leave import give_back
from planning.verbs.moved import want_re_review
from planning.verbs.reach import reachable
from planning.verbs.year_end import want_year_end
from rubric.errors import LeversError

RELEASERS = 20
"""More people than release one review."""


class ChannelTakenError(LeversError):
    """The school or the channel has an open session that a new connection would cut off."""

    def __init__(self, channel: str) -> None:
        super().__init__(f"A session is open in <#{channel}>. Commit or cancel it first.")


class LeadershipError(LeversError):
    """The roles do not make sense together; `field` names the input at fault."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


def connect(
    books: Books, who: str, channel: str, school: str, leadership: Leadership, members: Sequence[str], now: datetime
) -> tuple[str, ...]:
    """Tie `channel` to `school`, replace its roles by `leadership`, and remember the channel's `members`.

    Returns who had a role there and has none any more. Raises NotAdministratorError, LeadershipError where the
    principal would be their own backup, or ChannelTakenError while a session is open elsewhere.
    """
    if leadership.principal and leadership.principal == leadership.backup:
        raise LeadershipError("backup", "The principal cannot be their own backup. Choose somebody else.")
    with books.write() as ledger:
        if not ledger.people.is_administrator(who):
            raise NotAdministratorError
        before = ledger.schools.of_channel(channel)
        for other in dict.fromkeys((school, before.id if before else school)):
            session = ledger.sessions.open_at(other)
            if session is not None and (other != school or session.channel != channel):
                raise ChannelTakenError(session.channel)
        principal, backup = (ledger.people.with_role(school, role) for role in (Role.PRINCIPAL, Role.BACKUP))
        held = {person for role in Role for person in ledger.people.with_role(school, role)}
        ledger.schools.connect(school, channel, who, now)
        ledger.people.appoint(school, leadership)
        lost = sorted(held - {person for person, _ in leadership.pairs()})
        for person in lost:
            ledger.deliveries.refresh(Kind.DIGEST, person, now, to=person, newest=RECENT)
        ledger.people.set_members(channel, members)
        ledger.deliveries.want(Wanted(Kind.CONNECTED, channel, school, school, now))
        ledger.deliveries.refresh(Kind.WELCOME, channel, now)
        ledger.errands.leave(What.LEADERS, school, *principal, *backup, at=now)
        return tuple(lost)


def leaders_changed(ledger: Ledger, school: str, *before: str, now: datetime) -> None:
    """After people were named for `school`, whose own leaders were those `before`: let what a leader is to know reach
    whoever leads it now."""
    _tell_of_held_review(ledger, school, now)
    want_year_end(ledger, school, now)
    hand_on(ledger, school, now)
    led = first_there(ledger, before) or stand_in(ledger, school)
    if led is not None and led != leader_of(ledger, school):
        led_until_now(ledger, school, led, now)


def tell_of_held_reviews(books: Books, now: datetime) -> None:
    """After an import: tell those who may release a new review of a connected school that it waits for them."""
    with books.write() as ledger:
        for school in ledger.schools.connected():
            _tell_of_held_review(ledger, school.id, now)


def _tell_of_held_review(ledger: Ledger, school: str, now: datetime) -> None:
    review = ledger.reviews.held(school)
    if review is None:
        return
    for person in releasers(ledger, school):
        if ledger.deliveries.find(Kind.HELD_REVIEW, person, review) is None:
            due = reachable(ledger, person, school, now)
            ledger.deliveries.want(Wanted(Kind.HELD_REVIEW, person, review, review, due))


def release(books: Books, who: str, review_id: str, now: datetime) -> None:
    """Show a held review to the school's team. Releasing it again changes nothing.

    Raises OutsiderError for a stranger, NotReleaserError for anybody but the reviewer and the principal.
    """
    with books.write() as ledger:
        review = ledger.reviews.load(review_id)
        viewer = ledger.people.viewer(who, review.school)
        if not viewer.knows_school:
            raise OutsiderError
        if not viewer.may_release:
            raise NotReleaserError
        if review.released:
            return
        ledger.reviews.release(review_id, who, now)
        ledger.deliveries.refresh(Kind.HELD_REVIEW, review_id, now, newest=RELEASERS)
        ledger.deliveries.refresh(Kind.CONNECTED, review.school, now)
        want_re_review(ledger, review.school, now)


def welcome(books: Books, channel: str, now: datetime) -> None:
    """Introduce Levers in a channel that it was just invited to."""
    with books.write() as ledger:
        ledger.deliveries.want(Wanted(Kind.WELCOME, channel, channel, channel, now))


def member_joined(books: Books, channel: str, person: str) -> None:
    """Remember that `person` is in `channel` now; it matters where the channel is connected."""
    with books.write() as ledger:
        ledger.people.add_member(channel, person)


def member_left(books: Books, channel: str, person: str, now: datetime) -> None:
    """Remember that `person` is no longer in `channel`: with it they lose what the team sees, and what they owned
    goes to the leader."""
    with books.write() as ledger:
        ledger.people.remove_member(channel, person)
        give_back(ledger, person, now)


def releasers(ledger: Ledger, school: str) -> tuple[str, ...]:
    """Who may release a review of `school`: its principal, then its reviewers."""
    principal, reviewers = (
        ledger.people.with_role(school, Role.PRINCIPAL),
        ledger.people.with_role(school, Role.REVIEWER),
    )
    return tuple(dict.fromkeys((*principal, *reviewers)))
