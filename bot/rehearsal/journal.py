"""Keeps a rehearsal on disk: a journal with a line for each message and for the rest, written as they change.

Later lines about the same thing stand over earlier ones. Only what changed is written, so that every call can be kept
before it is answered, and a kill at any moment loses nothing that was.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.rehearsal.records import Conversation, OpenView, Posted, Records
from bot.rehearsal.triggers import ResponseUrl
from bot.rehearsal.wire import Json

NAME = "workspace.jsonl"
LINES_BEFORE_REWRITING = 2000


class Journal:
    """Writes what changes in ``records`` to ``folder``.

    A message counts as changed when its ``body`` is another object: bodies are replaced, never changed in place.
    """

    def __init__(self, folder: Path, records: Records) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / NAME
        self._records = records
        self._rewrite()

    def keep(self) -> None:
        """Write what changed since the last time."""
        lines = list(self._changes())
        if lines:
            self._file.write("".join(lines).encode())
            self._lines += len(lines)
        if self._lines > LINES_BEFORE_REWRITING + 4 * sum(map(len, self._written.values())):
            self._file.close()
            self._rewrite()

    def _rewrite(self) -> None:
        """Write everything anew, so that a crash leaves the old journal or the new one."""
        self._written: dict[str, dict[str, Json]] = {}
        self._rest = ""
        lines = list(self._changes())
        draft = self._path.with_name(NAME + ".new")
        draft.write_text("".join(lines), encoding="utf-8")
        draft.replace(self._path)
        self._file = self._path.open("ab", buffering=0)
        self._lines = len(lines)

    def _changes(self) -> Iterator[str]:
        rest = _line("rest", _without_messages(self._records))
        if rest != self._rest:
            self._rest = rest
            yield rest
        for where in self._records.conversations.values():
            written = self._written.setdefault(where.id, {})
            for posted in where.messages:
                if written.get(posted.ts) is not posted.body:
                    written[posted.ts] = posted.body
                    yield _line("posted", {"in": where.id, **vars(posted)})
            for ts in written.keys() - {posted.ts for posted in where.messages}:
                del written[ts]
                yield _line("gone", {"in": where.id, "ts": ts})


def load(folder: Path) -> Records | None:
    """The rehearsal kept in ``folder``, or None where there is none that can be read."""
    rest: Json | None = None
    messages: dict[str, dict[str, Posted]] = {}
    try:
        with (folder / NAME).open(encoding="utf-8") as lines:
            for line in lines:
                if not line.endswith("\n"):
                    # Torn by a kill: nobody got an answer to what it holds.
                    break
                kind, value = json.loads(line)
                if kind == "rest":
                    rest = value
                    continue
                there = messages.setdefault(value.pop("in"), {})
                if kind == "posted":
                    posted = Posted(**value)
                    there[posted.ts] = posted
                else:
                    there.pop(value["ts"], None)
        return _records(rest, messages) if rest else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _line(kind: str, value: Json) -> str:
    return json.dumps([kind, value], default=vars, ensure_ascii=False) + "\n"


def _without_messages(records: Records) -> Json:
    conversations = {name: {**vars(where), "messages": []} for name, where in records.conversations.items()}
    return {**vars(records), "conversations": conversations}


def _records(rest: Json, messages: dict[str, dict[str, Posted]]) -> Records:
    def conversation(raw: Any) -> Conversation:
        return Conversation(**{**raw, "messages": list(messages.get(raw["id"], {}).values())})

    return Records(
        **{
            **rest,
            "conversations": {name: conversation(raw) for name, raw in rest["conversations"].items()},
            "stacks": {who: [OpenView(**view) for view in stack] for who, stack in rest["stacks"].items()},
            "homes": {who: OpenView(**view) for who, view in rest["homes"].items()},
            "response_urls": {name: ResponseUrl(**url) for name, url in rest["response_urls"].items()},
        }
    )
