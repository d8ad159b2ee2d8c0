"""What Slack refuses for good: the school's leader hears why, and lifts it once it is mended."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from planning.ledger import Books, Ledger, SchoolHere
from planning.messages import Kind, Wanted
from planning.pauses import Pause
from planning.people import OutsiderError
from planning.verbs.leadership import leader_of
from planning.verbs.reach import reachable


class Held(NamedTuple):
    """What waits, and the name of the school that it is about; empty where it is about none, or about all."""

    pause: Pause
    school: str


def tell(ledger: Ledger, school: SchoolHere, now: datetime) -> None:
    """Want word to the leader of `school` of every channel and person of it that Slack refuses, once for each time."""
    for pause in ledger.pauses.all():
        if concerns(ledger, pause, school):
            leader = leader_of(ledger, school.id, but=pause.person)
            if leader is not None:
                due = reachable(ledger, leader, school.id, now)
                occasion = f"{school.id}/{pause.at.isoformat()}/{pause.place}"
                ledger.deliveries.owe(Wanted(Kind.PAUSED, leader, occasion, pause.place, due))


def concerns(ledger: Ledger, pause: Pause, school: SchoolHere) -> bool:
    """Whether what waits is the channel of `school`, or somebody whom it knows and of whom nothing else is said.

    A deactivated account is told of by what its person had owned.
    """
    if pause.person is None:
        return pause.place == school.channel
    if _departed(ledger, pause):
        return False
    owns = any(plan.school == school.id for plan, _ in ledger.plans.open_of(pause.person))
    return owns or ledger.people.viewer(pause.person, school.id).knows_school


def seen_by(ledger: Ledger, who: str, only: str | None = None) -> Sequence[Held]:
    """What waits and `who` may lift: what concerns a school that they lead, and all of it for an administrator. What
    stops everything comes first.

    `only` is the id of the one school that is looked at; what stops everything concerns each.
    """
    waiting = ledger.pauses.all()
    if not waiting:
        return []
    administers, scope = ledger.people.is_administrator(who), ledger.people.scope(who)
    leads = {school for school, viewer in scope.viewers.items() if viewer.sees_answers}
    schools = [one for one in ledger.schools.connected() if (administers or one.id in leads) and only in (None, one.id)]
    found = []
    for pause in waiting:
        about = next((one for one in schools if concerns(ledger, pause, one)), None)
        if about is not None:
            found.append(Held(pause, about.name))
        elif (pause.everything and schools) or (administers and only is None and not _departed(ledger, pause)):
            found.append(Held(pause, ""))
    return sorted(found, key=lambda held: not held.pause.everything)


def liftable(ledger: Ledger, who: str, place: str) -> Pause | None:
    """What waits at `place`, or None where nothing does any more.

    Raises OutsiderError for anybody who does not lead a school that it is about, and is no administrator.
    """
    found = next((held.pause for held in seen_by(ledger, who) if held.pause.place == place), None)
    if found is None and place in (pause.place for pause in ledger.pauses.all()):
        raise OutsiderError
    return found


def lift(books: Books, who: str, place: str) -> None:
    """Go on with `place`: what waited and still holds is sent. Lifting it twice is once. Raises OutsiderError."""
    with books.write() as ledger:
        if liftable(ledger, who, place):
            ledger.pauses.lift(place)


def _departed(ledger: Ledger, pause: Pause) -> bool:
    return pause.person is not None and ledger.following.departed(pause.person)
