"""A process is killed while a plan is written: what was said to be saved is there, and nothing by halves."""

import subprocess
import sys
from itertools import islice

from planning.remarks import Deed
from storage.database import Database
from tests.planning.school import a_school


def test_no_action_that_was_said_to_be_saved_is_lost_when_its_process_is_killed(database: Database) -> None:
    school = a_school(database)
    session = school.planning()
    priority = school.read(lambda ledger: ledger.plans.priorities(session.id))[0]
    url = database.url.render_as_string(hide_password=False)
    asked = [sys.executable, "-m", "tests.storage.drafter", url, school.books.workspace, priority.id]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True) as writing:
        assert writing.stdout is not None
        told = [line.strip() for line in islice(writing.stdout, 7)]
        writing.kill()
        told += [line.strip() for line in writing.stdout if line.endswith("\n")]
    kept = {one.id: one for one in school.read(lambda ledger: ledger.plans.actions(session.id))}
    assert set(told) <= set(kept) and len(kept) >= 7
    added = [
        one for one in school.read(lambda one: one.sessions.remarks(session, session.step)) if one.deed is Deed.ADDED
    ]
    assert len(added) == len(kept), "an action and what the thread says of it are kept together"
