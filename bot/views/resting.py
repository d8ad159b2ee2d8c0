"""Windows about being asked: snoozing, being away, what is sent, the next session's day, and answers in plain words."""

from collections.abc import Sequence
from datetime import date, time

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.views.parts import (
    Message,
    actions,
    button,
    clipped,
    context,
    date_input,
    field,
    modal,
    multi_select,
    section,
    select,
    text_input,
)
from planning.answer_words import Said
from planning.hours import hour as said
from planning.plan import Action
from planning.preferences import Preferences, Topic

WEEKDAYS = ("rest.monday", "rest.tuesday", "rest.wednesday", "rest.thursday", "rest.friday")
HOURS = tuple(time(hour, minute) for hour in range(7, 18) for minute in (0, 30))
CHOICES = 5
"""How many actions an answer in words offers to choose from."""
SHOWN = 300
"""What is shown of a note that somebody has just written."""
NOTE = 1400
"""What a button can carry of a note (a button's value has 2000 characters at the most)."""


def snooze(action: Action) -> View:
    """Until when an owner wants to hear nothing of one action."""
    until = field("until", say_plain("rest.snooze_until"), date_input("until"), hint=say_plain("rest.snooze_hint"))
    blocks = [*section(say("modal.answer_about", text=action.step.text)), until]
    title, submit = say_plain("rest.snooze_title"), say_plain("rest.snooze")
    return modal("snooze", title, blocks, submit=submit, about={"action": action.id})


def away() -> View:
    """Until when somebody wants to hear nothing of all their actions; nobody asks why."""
    until = field("until", say_plain("rest.away_until"), date_input("until"), hint=say_plain("rest.away_hint"))
    return modal("away", say_plain("rest.away_title"), [until], submit=say_plain("modal.save"))


def resting(until: date | None) -> list[Block]:
    """Whether a person is away, and the buttons to say so, and to choose what they are sent and when."""
    preferences = button(say_plain("rest.preferences"), "rest.preferences")
    hours = button(say_plain("calendar.own_button"), "hours.open")
    if until is None:
        return [actions(button(say_plain("rest.away"), "rest.away"), preferences, hours)]
    back = button(say_plain("rest.back"), "rest.back")
    return [*section(say("rest.away_now", until=until)), actions(back, preferences, hours)]


def on_it(action: Action) -> View:
    """A helper or leader says that they are on it, with a word where they like."""
    hint = say_plain("rest.on_it_hint")
    note = field("note", say_plain("rest.on_it_note"), text_input("note", long=True), hint=hint, optional=True)
    blocks = [*section(say("modal.answer_about", text=action.step.text)), note]
    title, submit = say_plain("rest.on_it_title"), say_plain("modal.send")
    return modal("on_it", title, blocks, submit=submit, about={"action": action.id})


def preferences(chosen: Preferences) -> View:
    """The day and hour of a digest, and what a person wants to be sent at all."""
    days = [(say_plain(name), str(number)) for number, name in enumerate(WEEKDAYS)]
    hours = [(said(wall), f"{wall:%H:%M}") for wall in HOURS]
    topics = [(say_plain(f"rest.topic_{topic.name.lower()}"), topic.value) for topic in Topic]
    wanted = [topic.value for topic in Topic if chosen.wants(topic)]
    day = select("day", days, str(chosen.digest_weekday))
    hour = select("hour", hours, f"{chosen.digest_at:%H:%M}")
    blocks = [
        field("day", say_plain("rest.preferences_day"), day),
        field("hour", say_plain("rest.preferences_hour"), hour),
        field("wanted", say_plain("rest.preferences_wanted"), multi_select("wanted", topics, wanted), optional=True),
        *context(say("rest.preferences_note")),
    ]
    return modal("preferences", say_plain("rest.preferences_title"), blocks, submit=say_plain("modal.save"))


def session_day(channel: str, day: date | None) -> View:
    """When the team meets next."""
    hint = say_plain("rest.session_day_hint")
    when = field("day", say_plain("rest.session_day_when"), date_input("day", day), hint=hint)
    title, submit = say_plain("rest.session_day_title"), say_plain("modal.save")
    return modal("session_day", title, [when], submit=submit, about={"channel": channel})


def own(blocks: Sequence[Block]) -> View:
    """A person's own actions, opened from a message that is about others'."""
    return modal("own", say_plain("follow.mine_heading"), blocks, close=say_plain("modal.close"))


def understood(said: Said, candidates: Sequence[Action], request: str, *, shown: bool = False) -> Message:
    """What was understood of an answer in words; nothing is kept until one of the buttons is pressed.

    `shown` says that the school shows names outside.
    """
    lead = section(say("rest.words_understood", status=said.status.value, note=clipped(said.note, SHOWN)))
    no = button(say_plain("rest.words_no" if len(candidates) == 1 else "rest.words_none_of_them"), "words.no")
    preview, sees = say_plain("follow.check_in_preview"), context(say("follow.who_sees", shown=shown))

    def value(action: Action) -> str:
        return f"{action.id}/{said.status.name}/{request}/{clipped(said.note, NOTE)}"

    if len(candidates) == 1:
        (action,) = candidates
        yes = button(say_plain("rest.words_yes"), "words.keep", value(action), style="primary")
        about = section(say("rest.words_about", text=action.step.text))
        return Message(preview, [*lead, *about, actions(yes, no), *sees])
    which = [
        actions(button(action.step.text, f"words.keep_{place}", value(action)))
        for place, action in enumerate(candidates[:CHOICES])
    ]
    more = len(candidates) - CHOICES
    ending = context(say("rest.words_more", more=more)) if more > 0 else []
    return Message(preview, [*lead, *section(say("rest.words_which")), *which, actions(no), *ending, *sees])


def kept(action: Action, note: str) -> list[Block]:
    """What stands in the place of the question once an answer in words was kept."""
    return section(say("rest.words_kept", text=action.step.text, status=action.status.value, note=note))


def mine() -> Message:
    """Where a person's own actions stand, for one who writes that they want to see them."""
    own = actions(button(say_plain("lead.own"), "check_in.own"))
    return Message(say("rest.words_mine"), [*section(say("rest.words_mine")), own])


def not_kept() -> list[Block]:
    """What stands in the place of the question where it was misunderstood."""
    return section(say("rest.words_dropped"))
