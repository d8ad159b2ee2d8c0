"""Importing a district's nine years of ratings, side by side with a bare bulk insert of the very same rows.

    pytest tests/benchmarks/test_import_benchmark.py -p no:xdist --benchmark-only --benchmark-group-by=group

LEVERS_BENCHMARK_FILE may name the published file; else the cut in tests/data is multiplied to its size.
"""

import csv
import datetime
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy import insert

from bot.cli.importing import import_file
from storage.database import Database
from storage.migrate import migrate
from storage.tables import metadata
from tests.bot.cli.test_import import CUT, MAPPING

NOW = datetime.datetime(2026, 10, 20, 12, tzinfo=datetime.UTC)
TABLES = ("schools", "reviews", "ratings")
COPIES = 180


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wide file of the published one's size (5,940 lines, 122,040 ratings), or the published one."""
    named = os.environ.get("LEVERS_BENCHMARK_FILE")
    if named:
        return Path(named)
    made = tmp_path_factory.mktemp("wide") / "ratings.csv"
    with CUT.open(newline="") as source, made.open("w", newline="") as target:
        header, *rows = csv.reader(source)
        write = csv.writer(target)
        write.writerow(header)
        write.writerows([f"{row[0]}-{copy}", *row[1:]] for copy in range(COPIES) for row in rows if row[1])
    return made


@pytest.fixture(scope="module")
def rows(file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that the import writes, by table."""
    folder = tmp_path_factory.mktemp("imported")
    bring_in(fresh(folder), file)
    with sqlite3.connect(folder / "levers.db") as conn:
        return {table: conn.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Path]:
    """Numbered folders, one for each round."""
    return ((tmp_path / str(number)) for number in range(1000))


def fresh(folder: Path) -> Database:
    folder.mkdir(exist_ok=True)
    database = Database(f"sqlite:///{folder / 'levers.db'}")
    migrate(database)
    return database


def bring_in(database: Database, file: Path) -> int:
    return sum(one.ratings for one in import_file(database, "here", file, NOW, mapping=MAPPING).lines)


@pytest.mark.benchmark(group="import")
def test_importing_a_districts_history(benchmark: BenchmarkFixture, file: Path, folders: Iterator[Path]) -> None:
    brought = benchmark.pedantic(bring_in, setup=lambda: ((fresh(next(folders)), file), {}), rounds=5)
    assert brought > 100_000


@pytest.mark.benchmark(group="import")
def test_a_bare_bulk_insert_of_the_same_rows_with_the_driver_alone(
    benchmark: BenchmarkFixture, rows: dict[str, list[tuple[Any, ...]]], folders: Iterator[Path]
) -> None:
    def prepared() -> tuple[tuple[sqlite3.Connection], dict[str, Any]]:
        folder = next(folders)
        fresh(folder).close()
        conn = sqlite3.connect(folder / "levers.db")
        conn.execute("PRAGMA foreign_keys=ON")
        conn.execute("PRAGMA synchronous=FULL")
        return (conn,), {}

    def insert_all(conn: sqlite3.Connection) -> None:
        for table, values in rows.items():
            conn.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values)
        conn.commit()
        conn.close()

    benchmark.pedantic(insert_all, setup=prepared, rounds=5)


@pytest.mark.benchmark(group="import")
def test_a_bare_bulk_insert_of_the_same_rows_through_sqlalchemy(
    benchmark: BenchmarkFixture, file: Path, folders: Iterator[Path]
) -> None:
    source = fresh(next(folders))
    bring_in(source, file)
    with source.read() as conn:
        rows = {name: [dict(row) for row in conn.execute(metadata.tables[name].select()).mappings()] for name in TABLES}

    def insert_all(database: Database) -> None:
        with database.write() as conn:
            for name, values in rows.items():
                conn.execute(insert(metadata.tables[name]), values)

    benchmark.pedantic(insert_all, setup=lambda: ((fresh(next(folders)),), {}), rounds=5)


# A child's peak in `getrusage` begins with its parent's, so the process reads its own from the kernel where it can.
MEASURED = """
import pathlib, resource, sys
from bot.cli.main import main
try:
    main()
finally:
    status = pathlib.Path("/proc/self/status")
    if status.exists():
        peak = next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if "VmHWM" in line)
    else:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(peak)
"""


def test_importing_a_districts_history_stays_under_300_megabytes(file: Path, tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", MEASURED, "import", str(file), "--mapping", str(MAPPING)]
    database = {"LEVERS_DATABASE_URL": f"sqlite:///{tmp_path / 'levers.db'}"}
    root = Path(__file__).parents[2]
    done = subprocess.run(arguments, env={**os.environ, **database}, cwd=root, capture_output=True, check=False)
    assert b"reviews imported" in done.stdout
    assert int(done.stdout.split()[-1]) < 300_000_000
