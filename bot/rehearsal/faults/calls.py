"""What the standing faults do to one call of the Web API: delay it, break it off, refuse it, before or after."""

import asyncio

from starlette.responses import JSONResponse, Response

from bot.rehearsal.faults.board import Fault, Faults
from bot.rehearsal.wire import Json, Refusal

TOKEN_ERRORS = {"revoked_token": "token_revoked", "deactivated_app": "account_inactive"}
"""What every method answers whose token is no longer one (Slack's page on errors common to all methods)."""
SERVER_ERRORS = {503: "service_unavailable"}
PLAN_ERRORS = {
    "canvases": "canvas_disabled_user_team",
    "team": "paid_only",
}
"""What a family of methods answers where the plan lacks it (pages canvases.create, team.accessLogs); else
``unknown_method``."""


class BreakOff(Exception):
    """The call ends here: with ``response``, whose JSON is ``body``; or without any answer where that is None."""

    def __init__(self, response: Response | None, body: Json) -> None:
        self.response = response
        self.body = body
        super().__init__()


ENDINGS = ("rate_limited", "server_error", "drop_connection")


class CallFaults:
    """The faults that one call meets, each counted once; of those that end it, it meets the first."""

    def __init__(self, faults: Faults, method: str, channel: str) -> None:
        self._refusals = _refusals(faults, method)
        self._delay = faults.take("delay", method=method)
        self._end = next(filter(None, (faults.take(kind, method=method, channel=channel) for kind in ENDINGS)), None)
        ends_before = self._end is not None and not self._end.fields.get("after")
        self._delay_after = None if ends_before else faults.take("delay_after", method=method)

    @property
    def note(self) -> str:
        """What the request log says of them."""
        met = [fault.kind for fault in (self._delay, self._end, self._delay_after) if fault]
        return ", ".join(f"fault: {name}" for name in (*met, *(kind for kind, _ in self._refusals)))

    def refuse(self) -> None:
        """Raise Refusal (token_revoked, unknown_method, ...) where a fault says so."""
        for _, code in self._refusals:
            raise Refusal(code)

    async def before(self) -> None:
        """What happens before the call is carried out. Raises BreakOff."""
        if self._delay:
            await asyncio.sleep(self._delay.fields["seconds"])
        if self._end and not self._end.fields.get("after"):
            raise _broken(self._end)

    async def after(self) -> None:
        """What happens once the call has been carried out. Raises BreakOff."""
        if self._delay_after:
            await asyncio.sleep(self._delay_after.fields["seconds"])
        if self._end:
            raise _broken(self._end)


def _broken(fault: Fault) -> BreakOff:
    if fault.kind == "drop_connection":
        return BreakOff(None, {})
    if fault.kind == "rate_limited":
        body = Refusal("ratelimited").body()
        return BreakOff(JSONResponse(body, 429, {"retry-after": str(max(1, round(fault.fields["seconds"])))}), body)
    status = fault.fields["status"]
    body = Refusal(SERVER_ERRORS.get(status, "internal_error")).body()
    return BreakOff(JSONResponse(body, status), body)


def _refusals(faults: Faults, method: str) -> list[tuple[str, str]]:
    """The (kind, error) pairs of the faults that make Slack itself refuse ``method``."""
    found = []
    for kind, code in TOKEN_ERRORS.items():
        if method != "api.test" and faults.stands(kind):
            found.append((kind, code))
    if faults.stands("missing_method", method=method):
        found.append(("missing_method", PLAN_ERRORS.get(method.partition(".")[0], "unknown_method")))
    return found
