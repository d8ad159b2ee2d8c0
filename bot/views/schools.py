"""A person's schools as a list: how each stands in one line, what to look at first, filters and pages."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, InteractiveElement

from bot.sentences import Mrkdwn, say, say_plain
from bot.views.fitting import richest
from bot.views.parts import actions, button, clipped, context, section, select
from planning.sift import PAGE, Listed, Only, Page, Part, Sift, mark
from planning.standing import Standing

FEW = 3
"""So many schools need no filter."""
NAME = 75
NETWORK = 50
"""What a menu shows of a network's name."""
NETWORKS = 20
"""How many networks a menu offers; `/levers status` with a name shows any."""


def listed(page: Page) -> list[Block]:
    """One page of a person's schools, each with the button that opens it; filters only where there are many."""
    if not page.every:
        return section(say("follow.status_nowhere"))
    if page.every <= FEW:
        return [*_lines(page), *_together(page)]
    top, end = context(_summary(page)), _together(page)
    return richest(*([*top, _filters(page, most), *_lines(page), *end] for most in (NETWORKS, 0)))


def _lines(page: Page) -> list[Block]:
    blocks: list[Block] = []
    parts = list(dict.fromkeys(one.part for one in page.shown))
    for part in parts:
        if len(parts) > 1:
            blocks += section(say(f"home.part_{part.value}"))
        for one in (one for one in page.shown if one.part is part):
            blocks += section(_line(one), button(say_plain("home.open"), "school.open", one.standing.school))
    if not page.shown:
        blocks += section(say("home.none_found"))
    return [*blocks, *_turning(page)]


def heading(page: Page) -> str:
    """What stands over the list."""
    return say_plain("home.schools_one" if page.every == 1 else "home.schools_many")


def how(one: Standing, *, stalled: bool = False) -> str:
    """How one school stands, in a line of mrkdwn: what wants a look is bold."""
    if one.committed_at is None:
        return say("home.no_plan")
    if not one.counts:
        return say("home.line_empty")
    closed = say("home.line_all_closed", number=sum(one.counts.values()))
    said = [say("home.line_open", number=one.open) if one.open else closed]
    numbers = {"overdue": one.overdue, "blocked": one.blocked, "waiting": one.waiting, "ownerless": one.ownerless}
    said += [say(f"home.line_{name}", number=number) for name, number in numbers.items() if number]
    if one.last is not None:
        said.append(say("home.line_stalled" if stalled else "home.line_last", day=one.local(one.last)))
    return " · ".join(said)


def _line(one: Listed) -> str:
    name = clipped(one.standing.name, NAME)
    about = Mrkdwn(how(one.standing, stalled=one.stalled is not None and one.part is not Part.BELONGS))
    return say("home.line", school=name, new=one.new and one.part is not Part.BELONGS, how=about)


def _summary(page: Page) -> str:
    names = {only.name.lower(): page.counts[only] for only in (Only.OVERDUE, Only.BLOCKED, Only.WAITING, Only.STALLED)}
    return say("home.summary", schools=page.counts[Only.ALL], **names)


def _filters(page: Page, networks: int) -> Block:
    sift = page.sift
    kinds = [only for only in Only if page.counts[only] or only in (Only.ALL, sift.only)]
    options = [
        (say_plain(f"home.only_{only.name.lower()}", number=page.counts[only]), str(Sift(only, sift.network)))
        for only in kinds
    ]
    elements: list[InteractiveElement] = [select("schools.only", options, str(Sift(sift.only, sift.network)))]
    if networks and len(page.networks) > 1:
        everywhere = (say_plain("home.network_all"), str(Sift(sift.only)))
        named = [(clipped(name, NETWORK), str(Sift(sift.only, mark(name)))) for name in page.networks[:networks]]
        elements.append(select("schools.network", [everywhere, *named], str(Sift(sift.only, sift.network))))
    elements.append(button(say_plain("home.csv"), "schools.csv", sift.network or "-"))
    return actions(*elements)


def _together(page: Page) -> list[Block]:
    buttons = [button(say_plain(f"home.together_{one.value}"), f"{one.value}.open", "all") for one in page.together]
    return [actions(*buttons)] if buttons else []


def _turning(page: Page) -> Sequence[Block]:
    if page.last == 1:
        return []
    number, sift = page.sift.page, page.sift
    buttons = []
    if number > 1:
        buttons.append(
            button(say_plain("home.before"), "schools.before", str(Sift(sift.only, sift.network, number - 1)))
        )
    if number < page.last:
        buttons.append(button(say_plain("home.next"), "schools.next", str(Sift(sift.only, sift.network, number + 1))))
    first = (number - 1) * PAGE + 1
    place = say("home.page", first=first, last=first + len(page.shown) - 1, found=page.found)
    return [*context(place), actions(*buttons)]
