"""Takes the README's pictures from the real page: `python -m tests.e2e.pictures docs`."""

import argparse
import tempfile
from pathlib import Path

from tests.e2e import walk
from tests.e2e.browser import Seat, chromium
from tests.e2e.rehearsal import rehearsal


def main(folder: Path, every: bool) -> None:
    """Play a session and keep the pictures that the README shows in `folder`; all of them where `every`."""
    wanted = {"practice", "vote", "choose", "published", "check-in"}

    def look(name: str, seat: Seat) -> None:
        if every or name in wanted:
            seat.page.wait_for_timeout(400)
            seat.page.screenshot(path=folder / f"{name}.png")

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as kept, rehearsal(Path(kept)) as url, chromium() as browser:
        reviewer = Seat(browser, url, "UREVIEWER1")
        colleague = Seat(browser, url, "UPRINCIPAL1")
        reviewer.sees("Connect this channel")
        look("practice", reviewer)
        for seat in (reviewer, colleague):
            seat.without_guide()
        walk.connect_and_release(reviewer, look)
        walk.open_session(reviewer, look)
        walk.focus(reviewer, colleague, look)
        walk.vote(reviewer, colleague, look)
        walk.choose(reviewer, look)
        walk.plan(reviewer, look)
        walk.commit_and_follow(reviewer, colleague, look)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.pictures", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures are kept")
    parser.add_argument("--every", action="store_true", help="a picture of every step, not only those of the README")
    asked = parser.parse_args()
    main(asked.folder, asked.every)
