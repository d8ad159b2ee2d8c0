"""The control address of the faults: ``/practice/faults`` lists, makes and undoes them."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.rehearsal.bodies import read_json
from bot.rehearsal.faults.board import Faults
from bot.rehearsal.faults.kinds import KINDS, FaultError
from bot.rehearsal.wire import Json, Refusal
from bot.rehearsal.workspace import Workspace


class Control:
    """Routes for people and tests that want to see an app in trouble."""

    def __init__(self, workspace: Workspace, faults: Faults, methods: tuple[str, ...]) -> None:
        self._workspace = workspace
        self._faults = faults
        self._methods = methods

    def routes(self) -> list[Route]:
        """Every route of the control address."""
        return [
            Route("/practice/faults", self._list, methods=["GET"]),
            Route("/practice/faults", self._make, methods=["POST"]),
            Route("/practice/faults", self._undo, methods=["DELETE"]),
            Route("/practice/faults/{fault_id}", self._undo, methods=["DELETE"]),
        ]

    async def _list(self, request: Request) -> Response:  # noqa: ARG002
        kinds = [
            {"kind": kind.name, "title": kind.title, "fields": [asdict(field) for field in kind.fields]}
            for kind in KINDS.values()
        ]
        standing = [fault.described() for fault in self._faults.standing()]
        return JSONResponse({"kinds": kinds, "faults": standing, "methods": sorted(self._methods)})

    async def _make(self, request: Request) -> Response:
        try:
            given = await read_json(request)
            self._check_places(given)
            fault = self._faults.make(given.get("kind"), given)
        except Refusal as refusal:
            return JSONResponse({**refusal.body(), "sentence": f"That did not work ({refusal.code})."}, 400)
        except FaultError as error:
            return JSONResponse({"ok": False, "error": "bad_fault", "sentence": str(error)}, 400)
        return JSONResponse({"ok": True, "fault": fault.described()})

    async def _undo(self, request: Request) -> Response:
        fault_id = request.path_params.get("fault_id")
        if not self._faults.undo(fault_id) and fault_id:
            return JSONResponse({"ok": False, "error": "not_there", "sentence": "There is no such fault."}, 404)
        return JSONResponse({"ok": True})

    def _check_places(self, given: Json) -> None:
        if given.get("person"):
            self._workspace.person(given["person"])
        if given.get("channel"):
            self._workspace.conversation(given["channel"])
