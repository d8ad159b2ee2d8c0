"""What Slack refuses for good: the school's leader hears why, and lifts it once it is mended."""

from datetime import datetime

from planning.ledger import Books, Ledger, SchoolHere
from planning.messages import Kind, Wanted
from planning.pauses import Pause
from planning.people import OutsiderError
from planning.verbs.leadership import leader_of
from planning.verbs.reach import reachable


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
    if ledger.following.departed(pause.person):
        return False
    owns = any(plan.school == school.id for plan, _ in ledger.plans.open_of(pause.person))
    return owns or ledger.people.viewer(pause.person, school.id).knows_school


def lift(books: Books, who: str, school: str, place: str) -> None:
    """Go on with `place`, which belongs to `school`: what waited and still holds is sent. Lifting it twice is once.

    Raises OutsiderError for anybody who does not lead the school, or where the place is none of its.
    """
    with books.write() as ledger:
        if not ledger.people.viewer(who, school).sees_answers:
            raise OutsiderError
        here = ledger.schools.load(school)
        for pause in ledger.pauses.all():
            if pause.place == place:
                if not concerns(ledger, pause, here):
                    raise OutsiderError
                ledger.pauses.lift(place)
