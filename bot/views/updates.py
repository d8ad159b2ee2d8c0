"""What reaches owners and leaders because somebody wants to know, or has something to say."""

from collections.abc import Sequence

from bot.sentences import Mrkdwn, listing, say, say_plain
from bot.standing import counts
from bot.views.asking import Named
from bot.views.parts import Message, actions, button, context, section
from planning.calendar import NOT_YET_KNOWN
from planning.comments import Comment
from planning.plan import Plan
from planning.verbs.update import Asked


def comment(about: Named, said: Comment, *, theirs: bool, shown: bool = False) -> Message:
    """To the owner of an action: what somebody said about it; `theirs` while they own it and it is open.

    `shown` says whether their school shows names outside.
    """
    action, indicator = about
    preview = say_plain("home.comment_preview")
    lead = say("home.comment_heard", person=said.person, text=action.step.text, indicator=indicator)
    blocks = [*section(lead), *section(say("home.comment_said", said=said.text))]
    if not theirs:
        return Message(preview, [*blocks, *context(say("home.comment_over"))])
    answer = button(say_plain("home.comment_answer"), "check_in.change", action.id)
    return Message(preview, [*blocks, actions(answer), *context(say("follow.who_sees", shown=shown))])


def update_over(school: str) -> Message:
    """To the leader of `school`: nobody asks any more."""
    return Message(say_plain("home.update_preview"), section(say("home.update_over", school=school)))


def update_wanted(school: str, plan: Plan, person: str, *, shown: bool, late: bool) -> Message:
    """To the leader of `school`: the district or a reviewer asks.

    `shown` says whether the school shows names outside, `late` whether anything is overdue.
    """
    preview = say_plain("home.update_preview")
    text = say("home.update_wanted", person=person, school=school, counts=counts(plan.actions))
    buttons = [button(say_plain("home.open"), "school.open", plan.school)]
    if late:
        buttons.append(button(say_plain("home.ask_overdue"), "update.ask_overdue", plan.school))
    return Message(preview, [*section(text), actions(*buttons), *context(say("home.update_note", shown=shown))])


def asked(found: Sequence[Asked]) -> str:
    """Who was asked and when they hear it, in a sentence."""
    said = [
        say("home.asked_parked", person=one.owner)
        if one.day == NOT_YET_KNOWN
        else say("home.asked_line", person=one.owner, day=one.day)
        for one in found
    ]
    return say("home.asked", who=Mrkdwn(listing(said)))
