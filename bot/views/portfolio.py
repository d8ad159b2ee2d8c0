"""A reviewer's schools in a window: sorted, of one network or all, a few on each page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, InteractiveElement
from slack_sdk.models.views import View

from bot.sentences import listing, say, say_plain
from bot.views.frame import some
from bot.views.parts import actions, button, clipped, context, divider, modal, section, select
from planning.plan import Status
from planning.portfolio import Asked, Order, Page, Row
from planning.sift import mark

SIZE = 10
"""Schools on a page."""
ALL = "*"
MOST_OPTIONS = 100
NAME = 150
COMMENT = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """What a window of a portfolio shows: `networks` are all there are, `code` is what its reader goes by elsewhere."""

    asked: Asked
    networks: Sequence[str]
    code: str


def window(page: Page, choice: Choice, now: datetime) -> View:
    """One page of a portfolio as it stands at the UTC moment `now`."""
    title, asked = say_plain("portfolio.title"), choice.asked
    code = context(say("portfolio.code", code=choice.code))
    if not page.total and asked.network is None:
        return modal("portfolio", title, [*section(say("portfolio.none")), *code], close=say_plain("modal.close"))
    blocks: list[Block] = [actions(*_menus(choice))]
    for row in page.rows:
        blocks += [divider(), *section(_school(row, now))]
    if not page.rows:
        blocks += section(say("portfolio.nothing"))
    blocks.append(divider())
    if page.rows:
        last = asked.first + len(page.rows)
        blocks += context(say("portfolio.page", first=asked.first + 1, last=last, total=page.total))
    blocks.append(actions(*_buttons(page, asked)))
    return modal("portfolio", title, [*blocks, *context(say("portfolio.note")), *code], close=say_plain("modal.close"))


def _school(row: Row, now: datetime) -> str:
    lines = [
        say(
            "portfolio.school",
            school=clipped(row.name, NAME),
            network=clipped(row.network, NAME),
            shared=row.shared,
            reviewed=row.reviewed,
        )
    ]
    plan = row.plan
    if plan is None:
        return "\n".join([*lines, say("portfolio.no_plan")])
    committed, counts = row.committed(), plan.counts
    lines.append(say("portfolio.plan", committed=committed, priorities=some(plan.priorities), in_place=plan.in_place))
    counted = listing(
        say_plain("follow.status_count", number=counts[one], status=one.value) for one in Status if one in counts
    )
    lines.append(say("portfolio.counts", counts=counted) if counted else say("portfolio.no_actions"))
    if plan.overdue or row.stale(now):
        lines.append(say("portfolio.pressing", overdue=plan.overdue, stale=row.stale(now)))
    lines.append(say("portfolio.dates", last=row.last_update(), next=row.next_check(now)))
    if plan.comment:
        lines.append(say("portfolio.comment", day=row.commented(), text=clipped(plan.comment.text, COMMENT)))
    return "\n".join(lines)


def _menus(choice: Choice) -> Iterator[InteractiveElement]:
    named = [(say_plain(f"portfolio.order_{one.value.replace(' ', '_')}"), one.value) for one in Order]
    yield select("portfolio.order", named, choice.asked.order.value)
    if choice.networks:
        every = [(say_plain("portfolio.network_all"), ALL), *((one, mark(one)) for one in choice.networks)]
        chosen = mark(choice.asked.network) if choice.asked.network else ALL
        yield select("portfolio.network", every[:MOST_OPTIONS], chosen, say_plain("portfolio.network"))


def _buttons(page: Page, asked: Asked) -> Iterator[InteractiveElement]:
    if asked.first:
        yield button(say_plain("portfolio.earlier"), "portfolio.earlier", str(max(asked.first - SIZE, 0)))
    if asked.first + len(page.rows) < page.total:
        yield button(say_plain("portfolio.later"), "portfolio.later", str(asked.first + SIZE))
    yield button(say_plain("portfolio.file_xlsx"), "portfolio.xlsx", "xlsx")
    yield button(say_plain("portfolio.file_csv"), "portfolio.csv", "csv")
