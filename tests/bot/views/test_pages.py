"""A window to read over several pages: which of them shows."""

import pytest

from bot.views.fitting import pages
from bot.views.parts import section


@pytest.mark.parametrize(("page", "shown"), [(1, 1), (2, 2), (9, 1), ("line 3", 1), ("line 150", 2), ("nowhere", 1)])
def test_a_page_is_found_by_its_number_or_by_what_stands_on_it(page: int | str, shown: int) -> None:
    body = [block for n in range(1, 161) for block in section(f"This is line {n}")]
    assert f"Page {shown} of 2." in str(pages("told", "Lines", body, page, ("turn", "lines")).to_dict())
