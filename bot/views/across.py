"""Levers of change over many schools: the window, and the lines that the command line prints too."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, InteractiveElement
from slack_sdk.models.views import View

from bot.sentences import escape, say, say_plain
from bot.views.parts import actions, clipped, context, divider, header, modal, section, select
from planning.across import LEAST, Across, Lever, Question, most
from planning.sift import mark
from rubric.rubric import Rubric

TOP = 5
MOST_OPTIONS = 100
OPTION_VALUE = 150
ALL = "*"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the window's menus are set to: a network's mark, a school year's first calendar year, a rubric's key."""

    network: str | None = None
    year: int | None = None
    rubric: str | None = None


EVERYTHING = Choice()


def window(
    found: Across,
    rubrics: Mapping[str, Rubric],
    networks: Sequence[str],
    years: Sequence[int],
    choice: Choice = EVERYTHING,
) -> View:
    """What is lowest, what rose, what is stuck and what was chosen, under one rubric; menus change the choice.

    `networks` and `years` are all there are to choose from.
    """
    title = say_plain("across.title")
    if not years:
        return modal("across", title, section(say("across.none")))
    top: list[Block] = [actions(*_menus(found, rubrics, networks, years, choice))]
    if not found.visits:
        return modal("across", title, [*top, *section(say("across.nothing"))])
    key = choice.rubric if choice.rubric in found.rubrics else found.rubrics[0]
    blocks = [*top, *section(escape("\n".join(summary(found)))), header(rubrics[key].name)]
    for question in Question:
        lines = answers(found, key, question, TOP) or [say_plain("across.nothing_of")]
        listed = "\n".join(f"• {escape(line)}" for line in lines)
        blocks += section(f"*{say_plain(f'across.of_{question.value}')}*\n{listed}")
    domains = "\n".join(f"• {escape(line)}" for line in by_domain(found, key))
    blocks += [divider(), *section(f"*{say_plain('across.by_domain')}*\n{domains}")]
    return modal("across", title, [*blocks, *context(say("across.note", least=LEAST))])


def summary(found: Across) -> Iterator[str]:
    """Over how much it is said, and how much of it could not be compared."""
    years = [called(year) for year in found.years]
    between = years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}" if years else ""
    yield say_plain("across.about", schools=found.schools, visits=found.visits, years=between)
    if found.repeated:
        yield say_plain("across.repeated", repeated=found.repeated, unlike=found.unlike)


def answers(found: Across, rubric: str, question: Question, top: int) -> list[str]:
    """The first answers to one question, each out of how many."""
    return [_line(*one, question) for one in most(found.of(rubric), question, top)]


def by_domain(found: Across, rubric: str) -> Iterator[str]:
    """Each domain over the years."""
    for domain in found.of(rubric, domains=True):
        per_year = [one for year in found.years for one in found.of(rubric, domains=True, year=year)]
        said = [_year(one) for one in per_year if one.domain == domain.domain and one.numbers.rated]
        if said:
            yield f"{domain.domain}: {' · '.join(said)}"


def called(year: int) -> str:
    """A school year as people call it: 2012-13."""
    return f"{year}-{(year + 1) % 100:02}"


def _year(one: Lever) -> str:
    numbers = one.numbers
    assert one.year is not None
    return say_plain("across.domain_year", year=called(one.year), lowest=numbers.lowest, rated=numbers.rated)


def _line(one: Lever, number: int, of: int, question: Question) -> str:
    facts = {"indicator": one.indicator, "domain": one.domain, "number": number, "of": of}
    if question is Question.CHOSEN:
        numbers = one.numbers
        return say_plain("across.line_chosen", rose=numbers.chosen_rose, again=numbers.chosen_compared, **facts)
    return say_plain("across.line", share=round(100 * number / of), **facts)


def _menus(
    found: Across, rubrics: Mapping[str, Rubric], networks: Sequence[str], years: Sequence[int], choice: Choice
) -> Iterator[InteractiveElement]:
    if networks:
        named = [(say_plain("across.network_all"), ALL), *((name, mark(name)) for name in networks)]
        yield select("across.network", named[:MOST_OPTIONS], choice.network or ALL, say_plain("across.network"))
    yearly = [(say_plain("across.year_all"), ALL), *((called(year), str(year)) for year in reversed(years))]
    yield select("across.year", yearly[:MOST_OPTIONS], str(choice.year or ALL), say_plain("across.year"))
    if len(found.rubrics) > 1:
        used = [(clipped(rubrics[key].name, 75), key[:OPTION_VALUE]) for key in found.rubrics[:MOST_OPTIONS]]
        now = choice.rubric if choice.rubric in found.rubrics else found.rubrics[0]
        yield select("across.rubric", used, now[:OPTION_VALUE], say_plain("across.rubric"))
