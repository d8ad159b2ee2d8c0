"""The message shortcut *Add to action plan*: what anybody wrote becomes an action, its link kept."""

from dataclasses import dataclass

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from bot.handlers.requests import Gesture
from bot.message_text import in_words
from bot.views import answers, drafting
from bot.views.drafting import Filled
from bot.views.parts import SHORT_INPUT, clipped
from planning.due_words import get_ready
from planning.ledger import SchoolHere
from planning.people import NotAllowedError, OutsiderError
from planning.phases import Phase
from planning.verbs.amend import NotLeaderError
from planning.verbs.guard import in_phase
from storage.books import Ledger
from storage.tables.base import new_id


class NowhereToAddError(NotAllowedError):
    """There is no plan that the message could become part of now."""

    def __init__(self) -> None:
        super().__init__(
            "There is no plan to add this to yet: that works while a session is in Plan, and once a plan is committed."
        )


class WhichSchoolError(NotAllowedError):
    """The person knows several schools, and the channel is none of theirs."""

    def __init__(self) -> None:
        super().__init__("You are in the teams of several schools. Use this on a message in one school's own channel.")


class OwnMessageError(NotAllowedError):
    """A card is a picture of what is kept, not something that anybody wrote."""

    def __init__(self) -> None:
        super().__init__("That is a message of mine. Use this on one that somebody wrote.")


@dataclass(frozen=True)
class Shortcut(Gesture):
    """A message that a person picked."""

    @property
    def channel(self) -> str:
        """Where it stands."""
        return str(self.body["channel"]["id"])

    def link(self) -> str:
        """The message's permanent address; empty where Levers cannot see the channel."""
        try:
            ts = str(self.body["message"]["ts"])
            return str(self.client.chat_getPermalink(channel=self.channel, message_ts=ts)["permalink"])
        except SlackApiError as error:
            structlog.get_logger("shortcut").warning("no link", error=str(error.response.get("error")))
            return ""


def add_from_message(picked: Shortcut) -> None:
    """Open an action's window with the message's words, in the plan being written, else for the live one.

    Raises OwnMessageError, PausedError, OutsiderError, WhichSchoolError, NowhereToAddError, NotLeaderError.
    """
    if picked.body["message"].get("user") == picked.desk.bot_user:
        raise OwnMessageError
    words = in_words(str(picked.body["message"].get("text") or ""))
    with picked.desk.books.read() as ledger:
        callback, session = _target(ledger, picked)
        priorities = ledger.plans.priorities(session)
    filled = Filled(text=clipped(words, SHORT_INPUT))

    def window() -> View:
        return drafting.new_action(callback, priorities, priorities[0].id, new_id(), filled, picked.link())

    picked.load(answers.waiting(), window)
    picked.later(get_ready)


def _target(ledger: Ledger, picked: Shortcut) -> tuple[str, str]:
    """Which window takes the action, and the session whose priorities it can go under.

    While the next plan is being written, nothing is added to the one that it replaces, paused or not.
    """
    school = _school(ledger, picked)
    viewer = ledger.people.viewer(picked.who, school.id)
    if not viewer.knows_school:
        raise OutsiderError
    session = ledger.sessions.open_at(school.id)
    if session is not None and session.phase in (Phase.PLAN, Phase.COMMIT):
        return "action", in_phase(session, Phase.PLAN).id
    plan = ledger.plans.live(school.id)
    if plan is None:
        raise NowhereToAddError
    if not viewer.sees_answers:
        raise NotLeaderError
    return "add_to_plan", plan.session


def _school(ledger: Ledger, picked: Shortcut) -> SchoolHere:
    here = ledger.schools.of_channel(picked.channel)
    if here is not None:
        return here
    known = ledger.schools.known_to(picked.who)
    if not known:
        raise OutsiderError
    if len(known) > 1:
        raise WhichSchoolError
    return known[0]
