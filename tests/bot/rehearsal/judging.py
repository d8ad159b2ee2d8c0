"""Puts one block, element or view before the checker, on the surfaces that may show it."""

from bot.rehearsal.checker import problems_in_blocks, problems_in_view
from bot.rehearsal.checker.blocks import BLOCKS as TABLES
from bot.rehearsal.checker.shapes import Problem
from tests.bot.rehearsal import samples
from tests.bot.rehearsal.blocks import Json

Place = tuple[str, str]
"""Where a limit holds: blocks, elements or views, and the name of one."""


def sample_of(place: Place) -> Json:
    """The legal example of a block, element or view."""
    group, name = place
    return {"blocks": samples.BLOCKS, "elements": samples.ELEMENTS, "views": samples.VIEWS}[group][name]


def problems(place: Place, value: Json) -> list[Problem]:
    """What the checker finds wrong; pointers begin at the block, element or view itself."""
    group, name = place
    if group == "views":
        return problems_in_view(value, "")
    block, inside = samples.around(name, value) if group == "elements" else (value, "")
    kind = block["type"] if group == "elements" else name
    shown = (surface for surface in samples.SURFACES if kind in TABLES[surface].kinds and name != "file_input")
    found = problems_in_blocks([block], next(shown, "modal"))
    return [Problem(one.pointer.removeprefix(f"/blocks/0{inside}"), one.sentence) for one in found]
