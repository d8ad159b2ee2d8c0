"""A reviewer of every school of a city, with 50,000 actions under way: the portfolio and the levers across schools.

    pytest tests/benchmarks/test_many_schools_benchmark.py -p no:xdist --benchmark-only

LEVERS_BENCHMARK_FILE may name the published file; else the cut in tests/data is multiplied to its size.
"""

import csv
from collections.abc import Iterator

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from planning.across import across
from planning.portfolio import Asked, Order
from planning.scope import on_the_host
from storage.across import chosen, visits
from storage.books import WorkspaceBooks
from storage.rubrics import known_rubrics
from tests.benchmarks.many_schools import NOW, REVIEWER, brought_in, with_plans
from tests.benchmarks.measuring import MEASURED
from tests.bot.cli.test_import import CUT
from tests.databases import fresh_database

COPIES, ACTIONS = (180, 50_000) if MEASURED else (12, 1_000)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def books(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkspaceBooks]:
    """The city, on each database."""
    folder = tmp_path_factory.mktemp("city")
    with CUT.open(newline="") as source, (folder / "ratings.csv").open("w", newline="") as target:
        header, *rows = csv.reader(source)
        csv.writer(target).writerows(
            [header, *([f"{row[0]}-{copy}", *row[1:]] for copy in range(COPIES) for row in rows if row[1])]
        )
    with fresh_database(request.param, folder) as database:
        found = brought_in(database, folder / "ratings.csv")
        with_plans(found, ACTIONS)
        yield found


@pytest.mark.parametrize("order", Order)
def test_the_first_page_of_a_portfolio(benchmark: BenchmarkFixture, books: WorkspaceBooks, order: Order) -> None:
    with books.read() as ledger:
        page = benchmark(ledger.portfolios.page, Asked(REVIEWER, order, size=10), NOW)
    assert len(page.rows) == 10 and page.total > COPIES


def test_a_whole_portfolio_for_a_file(benchmark: BenchmarkFixture, books: WorkspaceBooks) -> None:
    with books.read() as ledger:
        page = benchmark.pedantic(ledger.portfolios.page, (Asked(REVIEWER, Order.SCHOOL), NOW), rounds=3)
    assert len(page.rows) == page.total
    assert sum(sum(row.plan.counts.values()) for row in page.rows if row.plan) == ACTIONS


def test_levers_across_all_schools_and_years(benchmark: BenchmarkFixture, books: WorkspaceBooks) -> None:
    def asked() -> int:
        with books.read() as ledger:
            view, scope = ledger.view, on_the_host(tuple(one.id for one in ledger.schools.all()))
            rubrics = known_rubrics(view.conn, view.workspace)
            found = across(visits(view, scope, held=True), chosen(view, scope), rubrics)
        return sum(one.numbers.rated for one in found.levers)

    assert benchmark.pedantic(asked, rounds=3) > 500 * COPIES
