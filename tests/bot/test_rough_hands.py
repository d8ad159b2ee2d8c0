"""Every window, sent by somebody it is not for, and with far too much in each of its fields."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from slack_sdk import WebClient

from bot.app import build_app
from bot.handlers.requests import Desk
from bot.sentences import say, say_plain
from storage.tables.base import metadata
from tests.benchmarks.a_school_year import PARTS
from tests.benchmarks.a_whole_session import Play, State
from tests.benchmarks.hand import slack_that_always_answers, submission
from tests.databases import fresh_database
from tests.planning.school import NOW, a_school

STRANGER = "USTRANGER"
OWN = ("own_hours", "away", "preferences")
"""Windows about oneself, which anybody may send."""
MUCH = 20_000
SORRY = (say("help.sorry"), say_plain("help.not_saved"))


class RoughPlay(Play):
    """Sends each window as roughly as can be before it is sent as it should be; `wrong` is what went wrong."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.wrong: list[str] = []

    def send(self, who: str, window: State, **fields: State) -> None:
        """By a stranger, who changes nothing; with too much in one field after the other; then as it should be."""
        if window["callback_id"] not in OWN:
            before = self.kept()
            if self.taken(STRANGER, window, fields) or self.kept() != before:
                self.wrong.append(f"{window['callback_id']} is taken from a stranger")
        for name, kind in inputs(window).items():
            for much in TOO_MUCH.get(kind, ()):
                taken = self.taken(who, window, {**fields, name: much})
                if taken and kind == "plain_text_input" and repr(much["value"]) not in self.kept():
                    self.wrong.append(f"{window['callback_id']} keeps only a part of {name}")
        self.taken(who, window, fields)

    def taken(self, who: str, window: State, fields: State) -> bool:
        """Whether a window that is sent is taken; nobody is ever told that something went wrong with Levers itself."""
        response = self._timed("rough", submission(who, window, fields))
        body = json.loads(response.body) if response.body else {}
        if any(sorry in json.dumps(body, ensure_ascii=False) for sorry in SORRY):
            self.wrong.append(f"{window['callback_id']} breaks")
        refused = body.get("response_action") == "errors" or told(body.get("view", {}))
        return not refused

    def kept(self) -> str:
        """All that the database holds."""
        with self.school.books.database.read() as conn:
            return "\n".join(str([tuple(row) for row in conn.execute(table.select())]) for table in CHANGING)


CHANGING = [table for table in metadata.sorted_tables if table.name not in ("ratings", "evidence", "reviews")]


TOO_MUCH: dict[str, list[State]] = {
    "plain_text_input": [{"value": "&<x" * (MUCH // 3)}],
    "number_input": [{"value": "9" * 40}, {"value": "-1"}],
    "users_select": [{"selected_user": STRANGER}],
    "multi_users_select": [{"selected_users": [STRANGER] * 60}],
    "datepicker": [{"selected_date": "1970-01-01"}, {"selected_date": "9999-12-31"}],
}


def inputs(window: State) -> dict[str, str]:
    """The kinds of a window's inputs, by their names."""
    found = (block for block in window["blocks"] if block["type"] == "input")
    return {block["block_id"].partition("/")[0]: block["element"]["type"] for block in found}


def told(view: State) -> bool:
    """Whether an answer says that nothing was changed."""
    return bool(view) and view["title"]["text"] == say_plain("modal.told_title")


@contextmanager
def played(folder: Path) -> Iterator[RoughPlay]:
    """A school's people at the real app."""
    with fresh_database("sqlite", folder) as database, slack_that_always_answers() as slack:
        school = a_school(database)
        desk = Desk(school.books, lambda: NOW, "ULEVERS")
        yield RoughPlay(build_app(WebClient("xoxb-1", base_url=slack.url), desk), desk, slack, school)


def test_no_window_breaks_whoever_sends_it_and_whatever_is_in_it(tmp_path: Path) -> None:
    with played(tmp_path) as play:
        for part in PARTS:
            part(play)
        assert not play.wrong, "\n".join(play.wrong)
