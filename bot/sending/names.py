"""What people are called, for files: as Slack says now, else as it last said, and kept for whoever cannot ask it."""

from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from storage.books import WorkspaceBooks


class Names:
    """The names of one workspace's people. `client` must not retry by itself."""

    def __init__(self, books: WorkspaceBooks, client: WebClient) -> None:
        self._books = books
        self._client = client

    def of(self, person: str) -> str:
        """The name of `person`; their id where Slack never gave one."""
        with self._books.read() as ledger:
            known = ledger.people.name_of(person)
        try:
            said = called(self._client.users_info(user=person)["user"])
        except SlackApiError:
            said = ""
        if said and said != known:
            with self._books.write() as ledger:
                ledger.people.call(person, said)
        return said or known


def called(user: dict[str, Any]) -> str:
    """The name in Slack's user object (its page on the type), empty where there is none."""
    return str(user.get("real_name") or user.get("name") or "")
