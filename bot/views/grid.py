"""Impact and feasibility: the private window to place indicators in, and the small grid on the card."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, StaticSelectElement
from slack_sdk.models.views import View

from bot.sentences import Mrkdwn, say, say_plain
from bot.views.parts import context, divider, field, modal, section, select
from planning.grid import SCALE, Grid, Place, Placements
from planning.session import Session
from rubric.rubric import IndicatorId, called

WIDTH = 9
"""Letters in a square of the grid: room for all six numbers."""


def window(session: Session, leading: Sequence[IndicatorId], own: Placements) -> View:
    """Where one person sees each leading indicator."""
    blocks: list[Block] = [*section(say("modal.grid_ask")), *context(say("modal.grid_private"))]
    for number, indicator in enumerate(leading):
        place = own.get(indicator)
        blocks += [
            divider(),
            *section(say("modal.grid_indicator", indicator=session.called(indicator))),
            field(f"impact-{number}", say_plain("modal.grid_impact"), _scale(place.impact if place else None)),
            field(
                f"feasibility-{number}",
                say_plain("modal.grid_feasibility"),
                _scale(place.feasibility if place else None),
            ),
        ]
    return modal(
        "grid",
        say_plain("modal.grid_title"),
        blocks,
        submit=say_plain("modal.save"),
        about={"session": session.id, "round": session.first_round.round},
    )


def drawn(grid: Grid, numbered: Sequence[IndicatorId]) -> list[Block]:
    """The grid, with each indicator's number among `numbered`; nothing before enough people have placed any."""
    if not grid:
        return []
    numbers = {indicator: number for number, indicator in enumerate(numbered, start=1)}
    rows = []
    for impact in reversed(SCALE):
        squares = []
        for feasibility in SCALE:
            here = [n for one, n in numbers.items() if grid.get(one) == Place(impact, feasibility)]
            squares.append(" ".join(map(str, here)).center(WIDTH))
        rows.append(f"{say_plain(f'card.grid_{impact}'):>8} |{'|'.join(squares)}|")
    foot = " ".join(say_plain(f"card.grid_{feasibility}").center(WIDTH) for feasibility in SCALE)
    picture = Mrkdwn("```" + "\n".join([*rows, f"{'':>8}  {foot}"]) + "```")
    names = called(numbered)
    key = [say("card.grid_key", number=n, indicator=names[n - 1]) for one, n in numbers.items() if one in grid]
    return [*section(say("card.grid")), *section(picture), *context("\n".join(key))]


def _scale(chosen: int | None) -> StaticSelectElement:
    options = [(say_plain(f"card.grid_{value}"), str(value)) for value in SCALE]
    return select("scale", options, str(chosen) if chosen else None)
