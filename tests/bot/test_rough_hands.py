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
LONG = "&<x" * 6_667
"""A text of 20,000 characters."""
SORRY = (say("help.sorry"), say_plain("help.not_saved"))


class RoughPlay(Play):
    """Sends each window as roughly as can be before it is sent as it should be; `wrong` is what went wrong."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.wrong: list[str] = []

    def send(self, who: str, window: State, **fields: State) -> None:
        """By a stranger, who changes nothing; with too much in it; then as it should be."""
        if window["callback_id"] not in OWN:
            before = self.kept()
            if self.taken(STRANGER, window, fields) or self.kept() != before:
                self.wrong.append(f"{window['callback_id']} is taken from a stranger")
        # All texts at once: sent again, the same window is the same act, or somebody was faster.
        texts = {name: {"value": f"{name} {LONG}"} for name in inputs(window, "plain_text_input")}
        if self.taken(who, window, fields | texts):
            kept = self.kept()
            lost = [name for name, text in texts.items() if repr(text["value"]) not in kept]
            self.wrong += [f"{window['callback_id']} keeps only a part of {name}" for name in lost]
        for kind, several in TOO_MUCH.items():
            for name in inputs(window, kind):
                for much in several:
                    self.taken(who, window, {**fields, name: much})
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
    "number_input": [{"value": "9" * 40}, {"value": "-1"}],
    "users_select": [{"selected_user": STRANGER}],
    "multi_users_select": [{"selected_users": [STRANGER] * 60}],
    "datepicker": [{"selected_date": "1970-01-01"}, {"selected_date": "9999-12-31"}],
}


def inputs(window: State, kind: str) -> list[str]:
    """The names of a window's inputs of one kind."""
    found = (block for block in window["blocks"] if block["type"] == "input")
    return [block["block_id"].partition("/")[0] for block in found if block["element"]["type"] == kind]


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
