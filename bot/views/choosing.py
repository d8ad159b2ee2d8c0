"""The windows between the shortlist and the priorities: evidence, adding and removing, the ballot, the choice."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import Block, RadioButtonsElement
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.views.parts import (
    button,
    context,
    field,
    modal,
    multi_select,
    option,
    pages,
    section,
    select,
    text_input,
)
from planning.ballot import Cut, Dots
from planning.plan import Priority
from planning.session import Session
from rubric.review import Audience, Rating, Source
from rubric.rubric import IndicatorId


def evidence(rating: Rating, question: str | None, audiences: frozenset[Audience], where: str, page: int = 1) -> View:
    """A rating's summary and every statement its reader may see, by kind, over as many pages as it needs.

    `where` is the value that the button for the next page carries.
    """
    about = say(
        "modal.evidence_about", indicator=rating.indicator.name, level=rating.level, domain=rating.indicator.domain
    )
    top = [*section(about)]
    if question:
        top += context(say("modal.evidence_question", question=question))
    body: list[Block] = []
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


def add(session: Session, candidates: Sequence[tuple[int, IndicatorId, str]]) -> View:
    """Put a rated indicator on the shortlist; `candidates` (place in the rubric, indicator, level): lowest first."""
    title = say_plain("modal.add_title")
    if not candidates:
        return modal("add", title, section(say("modal.add_none")))
    options = [(f"{level}: {one.name} ({one.domain})", str(place)) for place, one, level in candidates[:100]]
    blocks = [
        field("indicator", say_plain("modal.add_indicator"), select("indicator", options)),
        field("reason", say_plain("modal.add_reason"), text_input("reason")),
    ]
    return modal("add", title, blocks, submit=say_plain("modal.add_submit"), about=_about(session))


def remove(session: Session) -> View:
    """Take an indicator off the shortlist."""
    blocks = [
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


def ballot(session: Session, own: Dots) -> View:
    """A person's own ballot, with the dots they placed before."""
    options = [(say_plain("modal.ballot_no_dots"), "0")]
    options += [(say_plain("modal.ballot_dots", dots=dots), str(dots)) for dots in range(1, session.rules.cap + 1)]
    blocks: list[Block] = [
        *section(say("modal.ballot_rules", dots=session.rules.dots, cap=session.rules.cap)),
        *context(say("modal.ballot_private")),
        *(
            field(
                f"dots-{place}",
                entry.indicator.name,
                select("dots", options, str(own.get(entry.indicator, 0))),
                hint=say_plain("modal.ballot_hint", level=entry.level, domain=entry.indicator.domain),
            )
            for place, entry in enumerate(session.shortlist)
        ),
    ]
    return modal(
        "ballot",
        say_plain("modal.ballot_title"),
        blocks,
        submit=say_plain("modal.ballot_submit"),
        about=_about(session),
    )


def ballot_kept(session: Session, spent: int) -> View:
    """The answer to a ballot, to its voter alone."""
    left = session.rules.dots - spent
    return modal(
        "ballot_kept",
        say_plain("modal.ballot_cast"),
        section(say("modal.ballot_thanks", spent=spent, left=left)),
        close=say_plain("modal.close"),
    )


def choice(session: Session, by_dots: Cut, chosen: Sequence[Priority]) -> View:
    """The facilitator writes down what the team chose; the dots' clear choice is filled in."""
    most = session.rules.priorities
    first: Iterable[IndicatorId] = [priority.indicator for priority in chosen] or by_dots.clear
    picked = [indicator.mark for indicator in first if session.listed(indicator)]
    hint = say_plain("modal.choice_reason_tie" if by_dots.tied else "modal.choice_reason_hint", most=most)
    why = session.deferred[0].reason if session.deferred else ""
    blocks = [
        *section(say("modal.choice_ask", most=most)),
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
            text_input("deferred", why),
            hint=say_plain("modal.choice_deferred_hint"),
            optional=True,
        ),
    ]
    return modal(
        "choice", say_plain("modal.choice_title"), blocks, submit=say_plain("modal.save"), about=_about(session)
    )


def _listed(session: Session) -> list[tuple[str, str]]:
    # By mark and not by place: the shortlist may change while the window is open.
    return [
        (f"{entry.indicator.name} ({entry.indicator.domain})", entry.indicator.mark) for entry in session.shortlist
    ][:100]


def _about(session: Session) -> dict[str, object]:
    return {"session": session.id, "step": session.step, "round": session.round}
