"""A file of a person's own, brought into a rehearsal from the page."""

import json
import shlex
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rehearsal.bring import MOST_BYTES, safe_name
from tests.bot.rehearsal.conftest import SMALL_WORLD
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.rehearsal.workspaces import running

IMPORTER = """
import pathlib, sys, time
path = pathlib.Path(sys.argv[1])
going = path.with_name("going")
if going.exists(): sys.exit("two at once")
going.touch(); time.sleep(0.1); text = path.read_text(); going.unlink()
print(path.name, "says", text)
print("a note on standard error", file=sys.stderr)
sys.exit(text.startswith("wrong"))
"""


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def address(tmp_path: Path, state: Path) -> Iterator[str]:
    """A workspace that imports with a small program; it says that the next thing is to look."""
    world = tmp_path / "world.yaml"
    world.write_text(SMALL_WORLD.read_text() + "brought: It is in. Now look at it.\n")
    command = shlex.join([sys.executable, "-c", IMPORTER])
    with running(state, "--world", str(world), "--import-command", command) as url:
        yield url


def bring(address: str, content: bytes, name: str = "review.csv", **headers: str) -> dict[str, Any]:
    request = Request(f"{address}practice/bring?{urlencode({'name': name})}", content, headers, method="POST")
    try:
        with urlopen(request, timeout=60) as answer:
            said: dict[str, Any] = json.load(answer)
            return said
    except HTTPError as error:
        refused: dict[str, Any] = json.load(error)
        return refused


def test_a_file_is_handed_to_the_import_and_what_it_printed_comes_back(address: str, state: Path) -> None:
    answer = bring(address, b"level,Applying")
    assert answer["ok"] is True
    assert answer["output"].splitlines() == ["review.csv says level,Applying", "a note on standard error"]
    assert answer["sentence"] == "It is in. Now look at it."
    assert (state / "brought" / "review.csv").read_bytes() == b"level,Applying"
    assert Visitor(address).world()["bring"] is True


def test_an_import_that_refuses_says_why(address: str) -> None:
    answer = bring(address, b"wrong,level")
    assert answer["ok"] is False
    assert "review.csv says wrong,level" in answer["output"]
    assert "the lines below say why" in answer["sentence"]


@pytest.mark.parametrize(
    "name", ["../../clock", "..\\..\\clock", "/etc/passwd", ".hidden", "-rf", "", "a\x00b", "𐐷" * 99 + ".c" + "𐐷" * 99]
)
def test_a_name_leads_nowhere_but_into_the_rehearsals_own_folder(address: str, state: Path, name: str) -> None:
    assert bring(address, b"x", name)["ok"] is True
    kept = [path for path in state.parent.rglob("*") if path.is_file() and path.read_bytes() == b"x"]
    assert [path.parent for path in kept] == [state / "brought"]


@given(st.text(max_size=300))
def test_a_safe_name_is_a_plain_file_name(name: str) -> None:
    safe = safe_name(name)
    assert Path(safe).name == safe
    assert safe[0] not in ".-"
    assert len(safe.encode()) <= 255


def test_a_file_that_is_empty_or_too_large_is_refused(address: str, state: Path) -> None:
    assert bring(address, b"")["sentence"] == "The file is empty."
    assert "larger than 20 MB" in bring(address, b"x" * (MOST_BYTES + 1))["sentence"]
    assert not (state / "brought").exists()


def test_files_are_imported_one_at_a_time(address: str) -> None:
    with ThreadPoolExecutor(3) as several:
        answers = list(several.map(lambda n: bring(address, b"x", f"{n}.csv"), range(3)))
    assert [answer["output"].splitlines()[0] for answer in answers] == [f"{n}.csv says x" for n in range(3)]


def test_other_hosts_pages_cannot_bring_a_file(address: str, state: Path) -> None:
    request = Request(f"{address}practice/bring?name=a.csv", b"x", {"origin": "http://elsewhere.example"})
    with pytest.raises(HTTPError, match="403"):
        urlopen(request, timeout=30)
    assert not (state / "brought").exists()


def test_a_workspace_without_an_import_takes_no_files(tmp_path: Path) -> None:
    with running(tmp_path / "plain", "--world", str(SMALL_WORLD)) as url:
        assert Visitor(url).world()["bring"] is False
        assert bring(url, b"x")["ok"] is False
