"""Runs a module as `python -m` does, and ends it with whoever started it: `python -m bot.cli.tethered MODULE ...`."""

import os
import runpy
import signal
import sys
import threading
import time

SECONDS_TO_END = 5


def main() -> None:
    """Run the module that the arguments name; when standard input ends, so does the process."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _end_with_parent() -> None:
    # Only the parent holds the other end, so that it closes however the parent dies. Not through sys.stdin, whose
    # lock an interpreter that ends would wait for.
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_TO_END)
    os._exit(1)


if __name__ == "__main__":
    main()
