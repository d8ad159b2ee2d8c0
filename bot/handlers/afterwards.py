"""What is done once Slack has its acknowledgement: one person's gestures in their order, different people's at once."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from zlib import crc32

LANES = 8


class Afterwards:
    """A few threads; what is done for one person stays in one of them, so that their windows change in order."""

    def __init__(self) -> None:
        self._lanes = [ThreadPoolExecutor(1, thread_name_prefix="afterwards") for _ in range(LANES)]

    def do(self, who: str, work: Callable[[], None]) -> None:
        """Call `work` soon, after everything that was to be done for `who` before."""
        self._lanes[crc32(who.encode()) % LANES].submit(work)

    def wait(self) -> None:
        """Wait until everything that was to be done so far is done."""
        under_way: list[Future[None]] = [lane.submit(lambda: None) for lane in self._lanes]
        for one in under_way:
            one.result()
