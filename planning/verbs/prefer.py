"""What a person chooses about the follow-up, and the day of a school's next session."""

from datetime import date, datetime

from planning.errands import What
from planning.ledger import Books, Ledger
from planning.messages import Kind
from planning.people import NotAllowedError
from planning.preferences import Preferences
from planning.session import NotReadyError
from planning.verbs.start import at_channel
from planning.verbs.turns import before_session
from rubric.errors import LeversError


class SessionDayError(LeversError):
    """The day cannot be the next session's; `field` names the input."""

    field = "day"

    def __init__(self) -> None:
        super().__init__("Choose a day that is still to come.")


def prefer(books: Books, chosen: Preferences, now: datetime) -> None:
    """Keep what a person chose; a digest that waits moves to the day and hour they chose."""
    with books.write() as ledger:
        ledger.following.save_preferences(chosen)
        ledger.errands.leave(What.DIGEST, chosen.person, at=now)


def set_session_day(books: Books, who: str, channel: str, day: date | None, now: datetime) -> date:
    """Say when the school of `channel` meets next: the owners of its plan are asked the school day before.

    Raises NotAllowedError for anybody who may not facilitate, NotReadyError without a plan, SessionDayError.
    """
    with books.write() as ledger:
        school, viewer = at_channel(ledger, channel, who)
        plan = ledger.plans.live(school.id)
        if not (viewer.leads or (plan and plan.committed_by == who)):
            raise NotAllowedError("A leader or reviewer of the school, or who facilitates, sets the day.")
        if plan is None:
            raise NotReadyError("There is no plan to be asked about yet.")
        if day is None or day <= ledger.schools.calendar(school.id).today(now):
            raise SessionDayError
        ledger.following.set_session_day(school.id, day, who)
        ledger.errands.leave(What.SESSION_DAY, school.id, at=now)
        return day


def ask_before_session(ledger: Ledger, school: str, now: datetime) -> None:
    """After the day of a session of `school` was set: ask the owners before it, and show the day where it is set."""
    plan, day = ledger.plans.live(school), ledger.following.session_day(school)
    if plan is not None and day is not None:
        before_session(ledger, plan, day, now)
    ledger.deliveries.refresh(Kind.CONNECTED, school, now)
