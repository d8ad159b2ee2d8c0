"""Doing things in the same instant."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any


def at_once(deeds: Iterable[Callable[[], Any]]) -> list[Any]:
    """Do everything in the same instant; what came back, an error as itself."""
    doing = list(deeds)
    ready = Barrier(len(doing))

    def one(deed: Callable[[], Any]) -> Any:
        ready.wait()
        try:
            return deed()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(doing)) as pool:
        return list(pool.map(one, doing))
