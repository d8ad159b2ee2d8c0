"""What the standing faults do to one call of the Web API: delay it, break it off, refuse it, before or after."""

import asyncio

from starlette.responses import JSONResponse, Response

from bot.rehearsal.faults.board import Fault, Faults
from bot.rehearsal.wire import Json, Refusal

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


class CallFaults:
    """The faults that one call meets, each counted once."""

    def __init__(self, faults: Faults, method: str, channel: str) -> None:
        self._refusals = _refusals(faults, method)
        taken = [
            faults.take("delay", method=method),
            faults.take("rate_limited", method=method, channel=channel),
            faults.take("server_error", method=method),
            faults.take("drop_connection", method=method),
            faults.take("delay_after", method=method),
        ]
        self.met = [fault for fault in taken if fault is not None]

    @property
    def note(self) -> str:
        """What the request log says of them."""
        names = [fault.kind for fault in self.met] + [name for name, _ in self._refusals]
        return "".join(f"fault: {name} " for name in names).strip()

    def refuse(self) -> None:
        """Raise Refusal (token_revoked, unknown_method, ...) where a fault says so."""
        for _, code in self._refusals:
            raise Refusal(code)

    async def before(self) -> None:
        """What happens before the call is carried out. Raises BreakOff."""
        for fault in self.met:
            if fault.kind == "delay":
                await asyncio.sleep(fault.fields["seconds"])
            elif fault.kind == "rate_limited":
                headers = {"retry-after": str(max(1, round(fault.fields["seconds"])))}
                body = Refusal("ratelimited").body()
                raise BreakOff(JSONResponse(body, 429, headers), body)
            elif not fault.fields.get("after", True):
                raise _broken(fault)

    async def after(self) -> None:
        """What happens once the call has been carried out. Raises BreakOff."""
        for fault in self.met:
            if fault.kind == "delay_after":
                await asyncio.sleep(fault.fields["seconds"])
        for fault in self.met:
            if fault.fields.get("after"):
                raise _broken(fault)


def _broken(fault: Fault) -> BreakOff:
    if fault.kind == "drop_connection":
        return BreakOff(None, {})
    status = fault.fields["status"]
    body = Refusal(SERVER_ERRORS.get(status, "internal_error")).body()
    return BreakOff(JSONResponse(body, status), body)


def _refusals(faults: Faults, method: str) -> list[tuple[str, str]]:
    """The (kind, error) pairs of the faults that make Slack itself refuse ``method``."""
    found = []
    if method != "api.test" and faults.stands("revoked_token"):
        found.append(("revoked_token", "token_revoked"))
    if faults.stands("missing_method", method=method):
        found.append(("missing_method", PLAN_ERRORS.get(method.partition(".")[0], "unknown_method")))
    return found
