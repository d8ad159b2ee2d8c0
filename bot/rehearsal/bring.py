"""Bringing in a file of a person's own: it is kept beside the rehearsal and handed to the command that imports it."""

import asyncio
import re
import shlex
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.rehearsal.wire import Json

MOST_BYTES = 20_000_000
COMMAND_SECONDS = 120
LONGEST_STEM, LONGEST_ENDING = 50, 8


class Bring:
    """Runs ``command`` with the path of each file that comes; ``brought`` is what to say where that went well."""

    def __init__(self, folder: Path, command: str, brought: str) -> None:
        self._folder = folder / "brought"
        self._command = command
        self._brought = brought
        self._one_at_a_time = asyncio.Lock()

    async def answer(self, request: Request) -> Response:
        """``POST /practice/bring?name=review.csv`` with the file as its body; what the command printed."""
        content = bytearray()
        async for part in request.stream():
            content += part
            if len(content) > MOST_BYTES:
                return JSONResponse(_refused(f"The file is larger than {MOST_BYTES // 1_000_000} MB."), 413)
        if not content:
            return JSONResponse(_refused("The file is empty."))
        async with self._one_at_a_time:
            path = self._folder / safe_name(request.query_params.get("name", ""))
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            except OSError as error:
                return JSONResponse(_refused(f"The file could not be kept: {error.strerror}."))
            return JSONResponse(await self._run(path))

    async def _run(self, path: Path) -> Json:
        try:
            process = await asyncio.create_subprocess_exec(
                *shlex.split(self._command),
                str(path),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )
        except OSError as error:
            return _refused(f"The import could not be started: {error.strerror}.")
        try:
            out, _ = await asyncio.wait_for(process.communicate(), COMMAND_SECONDS)
        except TimeoutError:
            process.kill()
            return _refused(f"The import did not end within {COMMAND_SECONDS} seconds.")
        output = out.decode(errors="replace").strip()
        if process.returncode:
            return {**_refused("The file was not brought in whole; the lines below say why."), "output": output}
        return {"ok": True, "output": output, "sentence": self._brought}


def safe_name(name: str) -> str:
    """``name`` as a file's name and nothing else: no folders, no leading dots or dashes, not too long."""
    last = re.split(r"[\\/]", name)[-1]
    stem, dot, ending = re.sub(r"[^\w.-]+", "-", last).strip(".-").rpartition(".")
    return f"{stem[:LONGEST_STEM]}{dot}{ending[:LONGEST_ENDING]}" or "review"


def _refused(sentence: str) -> Json:
    return {"ok": False, "error": "not_brought", "output": "", "sentence": sentence}
