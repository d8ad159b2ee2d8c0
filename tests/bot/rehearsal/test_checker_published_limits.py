"""The checker keeps the limits that Slack publishes, one by one, and every sample with every key passes it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.rehearsal.checker.blocks import BLOCKS as TABLES
from bot.rehearsal.checker.elements import ELEMENTS
from tests.bot.rehearsal import samples
from tests.bot.rehearsal.blocks import Json
from tests.bot.rehearsal.judging import Place, problems, sample_of

Limit = dict[str, Any]
PUBLISHED = yaml.safe_load(Path(__file__).with_name("limits.yaml").read_text(encoding="utf-8"))
GROUPS = {"blocks": samples.BLOCKS, "elements": samples.ELEMENTS, "views": samples.VIEWS}
EVERY: list[Place] = [(group, name) for group, known in GROUPS.items() for name in known]


def limits() -> Iterator[tuple[Place, str, Limit]]:
    """Every published limit: where, the pointer inside, the numbers."""
    for group, known in PUBLISHED.items():
        for name, pointers in known.items():
            for pointer, limit in pointers.items():
                yield (group, name), pointer, limit


def named(value: Any) -> str:
    return "".join(value) if isinstance(value, str) else "/".join(value) if isinstance(value, tuple) else ""


@pytest.mark.parametrize("place", EVERY, ids=named)
def test_a_legal_example_with_every_key_is_accepted(place: Place) -> None:
    assert problems(place, sample_of(place)) == []


def test_every_block_and_element_of_the_tables_has_an_example() -> None:
    assert {name for table in TABLES.values() for name in table.kinds} == set(samples.BLOCKS)
    assert set(ELEMENTS) == set(samples.ELEMENTS)


@pytest.mark.parametrize(("place", "pointer", "limit"), list(limits()), ids=named)
def test_the_published_limit_is_accepted_and_one_beyond_it_refused(place: Place, pointer: str, limit: Limit) -> None:
    sample = sample_of(place)
    for allowed, refused in ((limit.get("most"), 1), (limit.get("least"), -1)):
        if allowed is None:
            continue
        fitting = samples.stretched(_free(sample, pointer), pointer, allowed)
        assert problems(place, fitting) == [], (allowed, problems(place, fitting))
        beyond = samples.stretched(_free(sample, pointer), pointer, allowed + refused)
        found = problems(place, beyond)
        assert any(one.pointer.startswith(pointer) for one in found), (allowed + refused, found)


def _free(sample: Json, pointer: str) -> Json:
    """The sample without what a change at ``pointer`` would contradict: a partner's bound, a choice made at first."""
    tied = {
        "/min_length": ["max_length"],
        "/max_length": ["min_length"],
        "/min_lines": ["max_lines"],
        "/max_lines": ["min_lines"],
        "/options": ["initial_option", "initial_options"],
        "/option_groups": ["initial_option", "initial_options"],
    }
    away = next((names for start, names in tied.items() if pointer.startswith(start)), [])
    return {key: value for key, value in sample.items() if key not in away}


@pytest.mark.parametrize("place", EVERY, ids=named)
def test_a_key_that_slack_does_not_know_is_refused_wherever_it_stands(place: Place) -> None:
    sample = sample_of(place)
    for pointer in _objects(sample):
        found = problems(place, samples.with_value(sample, f"{pointer}/surprise", 1))
        assert any(one.pointer == f"{pointer}/surprise" for one in found), (pointer, found)


@pytest.mark.parametrize("place", EVERY, ids=named)
def test_a_number_is_refused_where_words_belong_and_words_where_a_list_belongs(place: Place) -> None:
    sample = sample_of(place)
    for pointer, value in _leaves(sample):
        wrong: Any = {} if isinstance(value, bool | int | float) else 7
        assert problems(place, samples.with_value(sample, pointer, wrong)), pointer


def _objects(value: Any, at: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        yield at
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, dict | list):
            yield from _objects(inner, f"{at}/{key}")


def _leaves(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, dict | list) and inner:
            yield from _leaves(inner, f"{at}/{key}")
        yield f"{at}/{key}", inner
