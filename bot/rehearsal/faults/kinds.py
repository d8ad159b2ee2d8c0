"""The kinds of faults, as a table: what each is called and what may be said of it.

What they imitate is on docs.slack.dev: "Rate limits" (429 with Retry-After), "Using Socket Mode" (disconnect and its
reasons), "The Events API" (retries, hence duplicates) and the error tables of the method pages.
"""

from dataclasses import dataclass
from typing import Any

from bot.rehearsal.wire import Json

ANY = "*"
LONGEST_SECONDS = 3600
MOST_TIMES = 1_000_000


class FaultError(ValueError):
    """A fault that cannot be made as asked; the sentence names the field."""


@dataclass(frozen=True)
class Field:
    """One thing to say of a fault. ``type`` is method, channel, person, number, flag or reason; None is no default."""

    name: str
    label: str
    type: str
    default: Any = None


@dataclass(frozen=True)
class Kind:
    """A kind of fault: ``title`` is a sentence for people. ``at_once`` ones happen and are over."""

    name: str
    title: str
    fields: tuple[Field, ...] = ()
    at_once: bool = False


REASONS = ("", "warning", "refresh_requested", "link_disabled")

_METHOD = Field("method", "Method", "method", ANY)
_CHANNEL = Field("channel", "Only in this channel", "channel", "")
_SECONDS = Field("seconds", "Seconds", "number", 5)
_TIMES = Field("times", "How many times (0 for always)", "number", 1)
_AFTER = Field("after", "After carrying the call out", "flag", False)
_STATUS = Field("status", "HTTP status", "number", 500)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("rate_limited", "Calls are refused as too many.", (_METHOD, _CHANNEL, _SECONDS, _TIMES)),
        Kind("delay", "Calls wait before they are carried out.", (_METHOD, _SECONDS, _TIMES)),
        Kind("delay_after", "Calls are carried out, and the answer waits.", (_METHOD, _SECONDS, _TIMES)),
        Kind("server_error", "Calls end in a server error.", (_METHOD, _STATUS, _TIMES, _AFTER)),
        Kind("drop_connection", "The connection breaks without an answer.", (_METHOD, _TIMES, _AFTER)),
        Kind(
            "drop_sockets",
            "The app's sockets close now.",
            (Field("reason", "Reason to say first (none: without a word)", "reason", ""),),
            at_once=True,
        ),
        Kind("duplicate_deliveries", "The app gets the same thing twice.", (_TIMES,)),
        Kind("deactivated_person", "A person's account is deactivated.", (Field("person", "Person", "person"),)),
        Kind("archived_channel", "A channel is archived.", (Field("channel", "Channel", "channel"),)),
        Kind("revoked_token", "The app's tokens are revoked."),
        Kind("deactivated_app", "The app's own account is deactivated."),
        Kind("missing_method", "A method is not there on this plan.", (Field("method", "Method", "method"),)),
        Kind("late", "The app's acknowledgements are not heard for a while.", (_SECONDS,)),
    )
}


def read_fields(kind: Kind, given: Json) -> Json:
    """The fields of a fault of ``kind``, with the defaults for what is not given. Raises FaultError."""
    known = {field.name for field in kind.fields}
    unknown = sorted(set(given) - known - {"kind"})
    if unknown:
        raise FaultError(f"A fault of the kind {kind.name} has no field {unknown[0]}.")
    return {field.name: _read(kind, field, given.get(field.name, field.default)) for field in kind.fields}


def _read(kind: Kind, field: Field, value: Any) -> Any:
    if value is None:
        raise FaultError(f"A fault of the kind {kind.name} needs the field {field.name}.")
    if field.type == "flag":
        if not isinstance(value, bool):
            raise FaultError(f"{field.name} must be true or false.")
    elif field.type == "number":
        least, most = _BOUNDS[field.name]
        whole = isinstance(value, int) or field.name == "seconds"
        if isinstance(value, bool) or not isinstance(value, int | float) or not whole or not least <= value <= most:
            raise FaultError(f"{field.name} must be a number from {least} to {most}.")
    elif not isinstance(value, str):
        raise FaultError(f"{field.name} must be text.")
    elif field.type == "reason" and value not in REASONS:
        raise FaultError(f"{field.name} must be one of: {', '.join(REASONS[1:])}, or empty.")
    return value


_BOUNDS = {"seconds": (0, LONGEST_SECONDS), "times": (0, MOST_TIMES), "status": (500, 599)}
