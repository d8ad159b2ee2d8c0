"""The windows around the shortlist: evidence, concerns, adding and removing, the principal's word, the choice."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import Block, RadioButtonsElement
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.views.cards import concern_line
from bot.views.fitting import pages
from bot.views.parts import (
    LONG_INPUT,
    SHORT_INPUT,
    actions,
    button,
    clipped,
    context,
    field,
    grouped_select,
    modal,
    multi_select,
    option,
    section,
    select,
    text_input,
)
from planning.ballot import Cut
from planning.plan import Priority
from planning.session import Concern, Session
from rubric.review import Audience, Rating, Source
from rubric.rubric import IndicatorId

REASON = 300
PUT_BACK = 40
"""How much of a reason, and how many indicators taken off, one window shows."""


def evidence(
    rating: Rating,
    question: str | None,
    audiences: frozenset[Audience],
    where: str,
    page: int = 1,
    concern: str | None = None,
    weighed: Sequence[Concern] = (),
    stands: str = "",
) -> View:
    """A rating's summary and every statement its reader may see, by kind, over as many pages as it needs.

    `where` is the value that the button for the next page carries, `concern` that of the button to note a concern;
    `weighed` is what has been noted so far, `stands` why it stands where it stands on the shortlist.
    """
    about = say(
        "modal.evidence_about", indicator=rating.indicator.name, level=rating.level, domain=rating.indicator.domain
    )
    top = [*section(about)]
    if question:
        top += context(say("modal.evidence_question", question=question))
    if concern:
        top.append(actions(button(say_plain("modal.concern_note"), "concern.open", concern)))
    body: list[Block] = [*(section(say("modal.evidence_stands", reasons=stands)) if stands else [])]
    if rating.summary:
        body += section(say("modal.evidence_summary", summary=rating.summary))
    readable = [one for one in rating.evidence if one.audience in audiences]
    for source in Source:
        lines = [say("modal.evidence_line", statement=one.statement) for one in readable if one.source is source]
        if lines:
            title = say("modal.evidence_source", source=source.value.capitalize())
            body += section("\n".join([title, *lines]))
    if not readable:
        body += context(say("modal.evidence_none"))
    if len(readable) < len(rating.evidence):
        body += context(say("modal.evidence_kept"))
    for one in weighed:
        body += section(concern_line(one, LONG_INPUT))
    return pages("evidence", say_plain("modal.evidence_title"), body, page, ("evidence.page", where), top)


def evidence_list(entries: Sequence[tuple[IndicatorId, str, str]], action_id: str, where: str) -> View:
    """Every indicator with a button to its evidence; `entries` are (indicator, level, the button's value)."""
    body = [
        block
        for indicator, level, value in entries
        for block in section(
            say("modal.evidence_about", indicator=indicator.name, level=level, domain=indicator.domain),
            button(say_plain("card.evidence"), action_id, value),
        )
    ]
    return pages("evidence_list", say_plain("modal.evidence_title"), body, 1, ("evidence.list", where))


def add(session: Session, candidates: Sequence[tuple[IndicatorId, str]]) -> View:
    """Put a rated indicator on the shortlist; `candidates` (indicator, level) come lowest first, listed by domain."""
    title = say_plain("modal.add_title")
    if not candidates:
        return modal("add", title, section(say("modal.add_none")))
    by_domain: dict[str, list[tuple[str, str]]] = {}
    for one, level in candidates[:100]:
        by_domain.setdefault(one.domain, []).append((f"{level}: {one.name}", one.mark))
    blocks = [
        field("indicator", say_plain("modal.add_indicator"), grouped_select("indicator", by_domain)),
        field("reason", say_plain("modal.add_reason"), text_input("reason")),
    ]
    return modal("add", title, blocks, submit=say_plain("modal.add_submit"), about=_about(session))


def concern(session: Session, indicator: IndicatorId, request: str) -> View:
    """Note what should be weighed about an indicator, with one's name or without."""
    options = [
        option(say_plain("modal.concern_named"), "named"),
        option(say_plain("modal.concern_unnamed"), "unnamed"),
    ]
    radio = RadioButtonsElement(action_id="named", options=options, initial_option=options[0])
    blocks = [
        *section(say("modal.concern_about", indicator=session.called(indicator))),
        field(
            "concern",
            say_plain("modal.concern_text"),
            text_input("concern", long=True),
            hint=say_plain("modal.concern_hint"),
        ),
        field("named", say_plain("modal.concern_name"), radio),
    ]
    return modal(
        "concern",
        say_plain("modal.concern_title"),
        blocks,
        submit=say_plain("modal.concern_submit"),
        about={"session": session.id, "indicator": indicator.mark, "request": request},
    )


def changed(sentence: str, undo: str, value: str) -> View:
    """What was done to the shortlist, with the button that undoes it."""
    blocks = section(sentence, button(say_plain("modal.undo"), undo, value))
    return modal("changed", say_plain("modal.done_so_title"), blocks, close=say_plain("modal.close"))


def remove(session: Session) -> View:
    """Take an indicator off the shortlist, or put back one that was taken off."""
    gone = (
        section(
            say("modal.put_back_line", indicator=session.called(entry.indicator), reason=clipped(entry.reason, REASON)),
            button(say_plain("modal.put_back"), "shortlist.put_back", f"{session.id}/{entry.indicator.mark}"),
        )
        for entry in session.removed[:PUT_BACK]
    )
    blocks = [
        *(block for blocks in gone for block in blocks),
        field("indicator", say_plain("modal.remove_indicator"), select("indicator", _listed(session))),
        field("reason", say_plain("modal.remove_reason"), text_input("reason")),
    ]
    return modal(
        "remove",
        say_plain("modal.remove_title"),
        blocks,
        submit=say_plain("modal.remove_submit"),
        about=_about(session),
    )


def word(session: Session) -> View:
    """The principal says what is off the table and whether the vote decides."""
    options = [option(say_plain("modal.word_decides"), "decides"), option(say_plain("modal.word_advises"), "advises")]
    radio = RadioButtonsElement(action_id="vote", options=options, initial_option=options[1 if session.advises else 0])
    blocks = [
        field("vote", say_plain("modal.word_vote"), radio),
        field(
            "off_table",
            say_plain("modal.word_off_table"),
            text_input("off_table", session.off_table, long=True),
            hint=say_plain("modal.word_off_table_hint"),
            optional=True,
        ),
    ]
    return modal("word", say_plain("modal.word_title"), blocks, submit=say_plain("modal.save"), about=_about(session))


def choice(session: Session, by_dots: Cut, chosen: Sequence[Priority]) -> View:
    """The facilitator writes down what the team chose; the dots' clear choice is filled in."""
    rules = session.rules
    first: Iterable[IndicatorId] = [priority.indicator for priority in chosen] or by_dots.clear
    picked = [indicator.mark for indicator in first if session.listed(indicator)]
    why = "modal.choice_reason_tie" if by_dots.tied else "modal.choice_reason_hint"
    hint = say_plain(why, most=rules.unexplained)
    sentences = {entry.reason for entry in session.deferred}
    many = len(sentences) > 1
    blocks = [
        *section(say("modal.choice_ask", most=rules.priorities)),
        field("chosen", say_plain("modal.choice_chosen"), multi_select("chosen", _listed(session), picked)),
        field(
            "reason",
            say_plain("modal.choice_reason"),
            text_input("reason", session.settled_by),
            hint=hint,
            optional=True,
        ),
        field(
            "deferred",
            say_plain("modal.choice_deferred"),
            text_input("deferred", "" if many else "".join(sentences)),
            hint=say_plain("modal.choice_deferred_own" if many else "modal.choice_deferred_hint"),
            optional=True,
        ),
    ]
    return modal(
        "choice", say_plain("modal.choice_title"), blocks, submit=say_plain("modal.save"), about=_about(session)
    )


def deferred(session: Session) -> View:
    """A sentence for each indicator that waits."""
    blocks = [
        *section(say("modal.choice_each_ask")),
        *(
            field(
                f"why-{entry.indicator.mark}",
                session.called(entry.indicator),
                text_input("why", entry.reason[:SHORT_INPUT]),
            )
            for entry in session.deferred
        ),
    ]
    title, save = say_plain("modal.choice_each_title"), say_plain("modal.save")
    return modal("deferred", title, blocks, submit=save, about=_about(session))


def _listed(session: Session) -> list[tuple[str, str]]:
    # By mark and not by place: the shortlist may change while the window is open.
    return [(entry.indicator.in_full, entry.indicator.mark) for entry in session.shortlist][:100]


def _about(session: Session) -> dict[str, object]:
    return {"session": session.id, "step": session.step, "round": session.round}
