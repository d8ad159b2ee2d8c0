"""Connecting a channel, releasing a review, opening a session: the messages and windows before the meeting."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block, CheckboxesElement, NumberInputElement
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.views.parts import (
    Message,
    actions,
    button,
    confirm,
    context,
    field,
    modal,
    option,
    person,
    persons,
    section,
    select,
)
from planning.ledger import ReviewToChoose, SchoolHere
from planning.pace import Pace
from planning.people import Leadership
from planning.session import Rules

MEMBERS_KEPT = 150
"""So many ids, and not many more, fit in a window's 3,000 characters of private_metadata (Slack's page on views)."""


def welcome(school: str | None) -> Message:
    """What Levers says when it is invited to a channel; `school` once the channel is connected."""
    blocks = [*section(say("setup.welcome"))]
    if school is None:
        blocks += section(say("setup.welcome_next"))
        blocks.append(actions(button(say_plain("setup.connect"), "channel.connect", style="primary")))
    else:
        blocks += section(say("setup.welcome_done", school=school))
    return Message(say_plain("setup.welcome_preview"), blocks)


def connect(
    channel: str,
    schools: Sequence[SchoolHere],
    chosen: str | None,
    leadership: Leadership | None,
    members: Sequence[str],
    *,
    public: bool,
    shared: bool,
) -> View:
    """The window that ties a channel to a school and names its leaders, with a warning where others can read it.

    It keeps who is in the channel, as far as they fit, so that nobody waits for Slack to say it again.
    """
    kept = list(members) if len(members) <= MEMBERS_KEPT else []
    title, about = say_plain("setup.connect_title"), {"channel": channel, "members": kept}
    if not schools:
        return modal("connect", title, section(say("setup.connect_no_school")), about=about)
    blocks: list[Block] = []
    if public:
        blocks += section(say("setup.connect_public"))
    if shared:
        blocks += section(say("setup.connect_shared"))
    blocks += context(say("setup.connect_members", members=len(members)))
    named = leadership or Leadership("", "")
    options = [(f"{school.name} ({school.code})", school.id) for school in schools[:100]]
    # Most channels are connected when a school is new: the only one without a channel is the one that is meant.
    free = [school.id for school in schools if school.channel is None] if len(schools) > 1 else [schools[0].id]
    picked = chosen or (free[0] if len(free) == 1 else None)
    blocks += [
        field(
            "school",
            say_plain("setup.connect_school"),
            select("school", options, picked),
            hint=say_plain("setup.connect_school_hint"),
        ),
        field("principal", say_plain("setup.connect_principal"), person("principal", named.principal or None)),
        field(
            "backup",
            say_plain("setup.connect_backup"),
            person("backup", named.backup or None),
            hint=say_plain("setup.connect_backup_hint"),
        ),
        field("reviewers", say_plain("setup.connect_reviewers"), persons("reviewers", named.reviewers), optional=True),
        field("coaches", say_plain("setup.connect_coaches"), persons("coaches", named.coaches), optional=True),
        field(
            "district",
            say_plain("setup.connect_district"),
            persons("district", named.district),
            hint=say_plain("setup.connect_district_hint"),
            optional=True,
        ),
    ]
    return modal("connect", title, blocks, submit=say_plain("setup.connect_submit"), about=about)


def connected(
    school: str,
    reviewed: date | None,
    *,
    released: bool,
    running: bool,
    planned: bool,
    meets: date | None = None,
) -> Message:
    """The card of a connected channel: whether a review is there, and the button that opens the session.

    `meets` is the local date of the next session, where somebody set it.
    """
    blocks = [*section(say("setup.connected", school=school))]
    if reviewed is None:
        blocks += section(say("setup.connected_none"))
    elif not released:
        blocks += section(say("setup.connected_held"))
    elif running:
        blocks += section(say("setup.connected_running"))
    elif planned:
        blocks += section(say("setup.connected_plan"))
        if meets is not None:
            blocks += section(say("rest.session_day_set", day=meets))
        set_day = button(say_plain("rest.session_day"), "session.set_day")
        blocks.append(actions(button(say_plain("setup.start_anew"), "session.start"), set_day))
    else:
        blocks += section(say("setup.connected_released", date=reviewed))
        blocks.append(actions(button(say_plain("setup.start"), "session.start", style="primary")))
    blocks += context(say("setup.connected_outside"))
    return Message(say_plain("setup.connected_preview"), blocks)


def held_review(school: str, reviewed: date, ratings: int, review: str, *, released: bool) -> Message:
    """To the reviewer and the principal: a review waits to be released."""
    preview = say_plain("setup.held_preview")
    if released:
        return Message(preview, section(say("setup.held_released", school=school, date=reviewed)))
    sure = confirm(
        say_plain("setup.release_sure"),
        say_plain("setup.release_sure_text"),
        say_plain("setup.release_yes"),
        say_plain("setup.release_no"),
    )
    release = button(say_plain("setup.release"), "review.release", review, style="primary", confirm=sure)
    return Message(
        preview,
        [
            *section(say("setup.held", school=school, date=reviewed, ratings=ratings)),
            *context(say("setup.held_note")),
            actions(release),
        ],
    )


def start(channel: str, school: str, reviews: Sequence[ReviewToChoose], ratings: int, *, planned: bool = False) -> View:
    """The window that opens a session: what suits most teams is filled in, for those who just press Start.

    `reviews` are those to choose from, the newest first; `ratings` is how many indicators that one rates. Where a plan
    is live (`planned`), the day can be set instead, so that its owners are asked beforehand.
    """
    defaults = Rules()
    set_day = button(say_plain("rest.session_day"), "session.set_day", channel)
    later = section(say("setup.start_later"), set_day) if planned else []
    options = [
        (say_plain("setup.start_review_option", date=one.date, label=one.label), one.id) for one in reviews[:100]
    ]
    paces = [(say_plain(f"setup.start_pace_{pace.value.replace(' ', '_')}"), pace.value) for pace in Pace]
    everyone = CheckboxesElement(
        action_id="everyone", options=[option(say_plain("setup.start_everyone_option"), "everyone")]
    )
    blocks = [
        *section(say("setup.start_about", school=school, date=reviews[0].date, ratings=ratings)),
        *later,
        field("review", say_plain("setup.start_review"), select("review", options, reviews[0].id)),
        field("shortlist", say_plain("setup.start_shortlist"), _number("shortlist", defaults.shortlist, 40)),
        field("dots", say_plain("setup.start_dots"), _number("dots", defaults.dots, 20)),
        field("cap", say_plain("setup.start_cap"), _number("cap", defaults.cap, 20)),
        field("priorities", say_plain("setup.start_priorities"), _number("priorities", defaults.priorities, 12)),
        field(
            "pace",
            say_plain("setup.start_pace"),
            select("pace", paces, Pace.HALF_DAY.value),
            hint=say_plain("setup.start_pace_hint"),
        ),
        field(
            "cofacilitators",
            say_plain("setup.start_cofacilitators"),
            persons("cofacilitators"),
            hint=say_plain("setup.start_cofacilitators_hint"),
            optional=True,
        ),
        field("everyone", say_plain("setup.start_everyone"), everyone, optional=True),
    ]
    return modal(
        "start",
        say_plain("setup.start_title"),
        blocks,
        submit=say_plain("setup.start_submit"),
        about={"channel": channel},
    )


def _number(action_id: str, value: int, most: int) -> NumberInputElement:
    return NumberInputElement(
        action_id=action_id, is_decimal_allowed=False, initial_value=str(value), min_value="1", max_value=str(most)
    )
