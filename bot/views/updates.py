"""What reaches owners and leaders because somebody wants to know, or has something to say."""

from collections.abc import Sequence

from slack_sdk.models.views import View

from bot.sentences import Mrkdwn, listing, say, say_plain
from bot.standing import counts
from bot.views.asking import Named
from bot.views.parts import Message, actions, button, clipped, context, field, modal, section, text_input
from planning.calendar import NOT_YET_KNOWN
from planning.comments import Comment, Reply
from planning.plan import Plan
from planning.verbs.update import Asked

SHOWN = 300
"""What a line shows of a reply."""


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


def update_wanted(
    school: str, plan: Plan, person: str, replied: Reply | None = None, *, shown: bool, late: bool
) -> Message:
    """To the leader of `school`: the district or a reviewer asks; `replied` is what they heard since.

    `shown` says whether the school shows names outside, `late` whether anything is overdue.
    """
    preview = say_plain("home.update_preview")
    text = say("home.update_wanted", person=person, school=school, counts=counts(plan.actions))
    answer = button(say_plain("home.reply"), "update.reply", f"{plan.school}/{person}", style="primary")
    buttons = [answer, button(say_plain("home.open"), "school.open", plan.school)]
    if replied:
        buttons, text = buttons[1:], Mrkdwn(f"{text}\n{reply_line(replied)}")
    if late:
        buttons.append(button(say_plain("home.ask_overdue"), "update.ask_overdue", plan.school))
    return Message(preview, [*section(text), actions(*buttons), *context(say("home.update_note", shown=shown))])


def reply(school: str, said: Reply) -> Message:
    """To whoever asked: what the leader of `school` replied."""
    heard = say("home.reply_heard", person=said.person, school=school)
    opens = actions(button(say_plain("home.open"), "school.open", said.school))
    return Message(
        say_plain("home.reply_preview"), [*section(heard), *section(say("home.reply_said", said=said.text)), opens]
    )


def reply_line(said: Reply) -> Mrkdwn:
    """What the leader replied last, in a line."""
    return say("home.reply_line", person=said.person, day=said.at.date(), text=clipped(said.text, SHOWN))


def reply_window(school: str, name: str, asker: str, request: str) -> View:
    """A reply about the plan of the school called `name`; `request` makes a submission that is sent twice the same."""
    about = {"school": school, "asker": asker, "request": request}
    hint = say_plain("home.reply_hint")
    typed = field("comment", say_plain("home.reply_text"), text_input("comment", long=True), hint=hint)
    blocks = [*section(say("home.reply_about", person=asker, school=name)), typed]
    return modal("reply", say_plain("home.reply_title"), blocks, submit=say_plain("modal.send"), about=about)


def asked(found: Sequence[Asked]) -> str:
    """Who was asked and when they hear it, in a sentence."""
    said = [
        say("home.asked_parked", person=one.owner)
        if one.day == NOT_YET_KNOWN
        else say("home.asked_line", person=one.owner, day=one.day)
        for one in found
    ]
    return say("home.asked", who=Mrkdwn(listing(said)))
