"""Each role against each surface and each file: what it shows of whose action it is, how it goes, and the note."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.models.views import View

from bot.documents.attached import AskedFor
from bot.documents.forms import Form, made
from bot.documents.portfolio_sheet import PortfolioSheet
from bot.documents.status_sheet import StatusSheet
from bot.handlers import across, commands, home, portfolio, schools, share
from bot.handlers.requests import Command, Desk
from bot.messages import render
from bot.sentences import say
from bot.views.parts import Message
from planning.history import readable
from planning.messages import Delivery, Kind, Wanted
from planning.people import Leadership, OutsiderError
from planning.plan import Status
from planning.portfolio import Asked
from planning.scope import NotKnownError
from planning.sift import Sift
from planning.verbs import comment, connect, follow, reply, show_names, status_file, update
from planning.verbs.commit import commit
from rubric.errors import LeversError
from storage.intake import keep_reviews
from tests.bot.documents.read_back import read_back
from tests.databases import fresh_database
from tests.planning.school import BACKUP, CHANNEL, COACH, DISTRICT, NOW, PRINCIPAL, REVIEWER, School, a_review, a_school

OWNER, STRANGER, TEAM, ADMINISTRATOR = "UANA", "USTRANGER", "UCLEO", "UADMINISTRATOR"
TEXT, NOTE, CODE = "Write three shared unit plans", "No room on Fridays", "OAK"
LATER = NOW + timedelta(days=1)
ROLES = (PRINCIPAL, BACKUP, COACH, DISTRICT, REVIEWER, TEAM, STRANGER)


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """The small school, on SQLite."""
    with fresh_database("sqlite", tmp_path) as database:
        yield a_school(database)


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """The same with a plan that is under way, for tests that only look."""
    with fresh_database("sqlite", tmp_path_factory.mktemp("looked_at")) as database:
        yield followed(a_school(database))


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """The same once all but the backup leader have lost their roles, and the team has left the channel."""
    with fresh_database("sqlite", tmp_path_factory.mktemp("left")) as database:
        school = followed(a_school(database))
        leadership = Leadership("UNEW", BACKUP)
        lost = connect.connect(school.books, REVIEWER, CHANNEL, school.id, leadership, ("UNEW",), NOW)
        assert set(lost) == {PRINCIPAL, COACH, DISTRICT, REVIEWER}
        yield school


def followed(school: School) -> School:
    """A committed plan, of which one action is blocked with a note, and the next review beside it."""
    session = school.drafted((OWNER, "UBEN"))
    commit(school.books, REVIEWER, session.id, session.step, NOW)
    action = action_of(school)
    follow.accept(school.books, OWNER, action, NOW)
    follow.check_in(school.books, OWNER, action, Status.BLOCKED, NOTE, NOW + timedelta(seconds=30))
    with school.books.database.write() as conn:
        keep_reviews(conn, school.books.workspace, [a_review(CODE, NOW.date())], NOW, replace=False)
    connect.release(school.books, PRINCIPAL, latest(school), NOW)
    return school


def latest(school: School) -> str:
    """The id of the newest review."""
    return str(school.read(lambda ledger: ledger.reviews.latest(school.id, released=False)).id)


def action_of(school: School) -> str:
    """The one that Ana owns."""
    plan = school.read(lambda ledger: ledger.plans.live(school.id))
    return next(one.id for one in plan.actions if one.step.owner == OWNER)


def desk(school: School) -> Desk:
    """Where handlers work, a day after the answer."""
    return Desk(school.books, lambda: LATER, "UBOT")


def command(school: School, who: str, text: str, channel: str = "CELSEWHERE") -> Command:
    """A command as Slack sends it; nothing of it calls Slack."""
    body = {"user_id": who, "channel_id": channel, "text": text}
    return Command(desk(school), body, WebClient("xoxb-none"), lambda **_: None)


def shown(made: Any) -> str:
    """All that somebody reads."""
    if isinstance(made, bytes):
        return made.decode("utf-8-sig")
    if isinstance(made, Message):
        attached = made.attached
        if isinstance(attached, PortfolioSheet):
            return made.text + shown(attached.made())
        return made.text + shown(attached.csv() if isinstance(attached, StatusSheet) else list(made.blocks))
    if isinstance(made, str):
        return made
    return json.dumps([block.to_dict() for block in made] if isinstance(made, list) else made.to_dict())


def sent(school: School, kind: Kind, who: str, occasion: str, subject: str) -> Message:
    """A message of `kind` as it would be sent to `who` now."""
    with school.books.read() as ledger:
        message = render(ledger, Delivery("d" * 16, Wanted(kind, who, occasion, subject, LATER)), LATER)
    if message is None:
        raise NotKnownError
    return message


def exported(school: School, who: str, form: Form) -> str:
    """What `who` reads who opens the plan's file in `form`, as it is sent to them."""
    attached = sent(school, Kind.DOCUMENT_FILE, who, f"{form}/1", school.id).attached
    if not isinstance(attached, AskedFor):
        raise NotKnownError
    return read_back(attached.document, form, made(attached.document, form))


def portfolio_file(school: School, who: str) -> Any:
    """The portfolio of `who` as CSV."""
    subject = json.dumps(["csv", "most overdue", None])
    return only_known(sent(school, Kind.PORTFOLIO_FILE, who, f"1/{subject}", subject), school)


def only_known(blocks: Any, school: School) -> Any:
    """The list of schools, where the school is in it."""
    if CODE not in shown(blocks) and school.id not in shown(blocks):
        raise NotKnownError
    return blocks


def only_some(window: View) -> View:
    """What is looked at across schools, where it is about any."""
    if say("across.none") in shown(window):
        raise NotKnownError
    return window


SURFACES: dict[str, Callable[[School, str], Any]] = {
    "home": lambda at, who: only_known(home.tab(desk(at), who, Sift()), at),
    "status, everything": lambda at, who: schools.status(command(at, who, "status all")),
    "status of the school": lambda at, who: schools.status(command(at, who, f"status {CODE.lower()}")),
    "status in the channel": lambda at, who: schools.status(command(at, who, "status", CHANNEL)),
    "the school's window": lambda at, who: schools._window(desk(at), who, at.id),
    "the plan": lambda at, who: commands.answer(command(at, who, "plan", CHANNEL)),
    "the status as a file": lambda at, who: sent(at, Kind.STATUS_FILE, who, LATER.isoformat(), CODE),
    **{
        f"the plan as {form}": lambda at, who, form=form: exported(at, who, form)  # type: ignore[misc]
        for form in (Form.PDF, Form.HTML, Form.XLSX, Form.CSV, Form.ICS)
    },
    "the portfolio": lambda at, who: only_known(portfolio.window(desk(at), Asked(who)), at),
    "the portfolio as a file": portfolio_file,
    "across schools": lambda at, who: only_some(across.window(desk(at), who)),
    "what moved": lambda at, who: commands.answer(command(at, who, "moved", CHANNEL)),
    "sharing the school": lambda at, who: share.window(desk(at), who, CHANNEL),
    "the digest": lambda at, who: sent(at, Kind.DIGEST, who, "2026-11-30", who),
    "the monthly message": lambda at, who: sent(at, Kind.MONTHLY, who, "2026-12", who),
}

COUNTS, EVERYTHING, NO_NOTES, SCHOOL = "counts", "everything", "owners and statuses without notes", "the school alone"
NO_NAMES, NO_STATUS, TEXTS = "statuses without names", "owners without statuses", "what is to be done alone"
NOTHING = "nothing"
LEADERS = dict.fromkeys((PRINCIPAL, BACKUP, COACH), EVERYTHING)
OUTSIDE = dict.fromkeys((DISTRICT, REVIEWER), NO_NAMES)
ACTION_BY_ACTION = {**LEADERS, **OUTSIDE, TEAM: NO_NAMES, STRANGER: NOTHING}
AS_A_FILE = {**LEADERS, **OUTSIDE, TEAM: NO_STATUS, STRANGER: NOTHING}
SEEN: dict[str, dict[str, str]] = {
    "home": dict.fromkeys(ROLES, "counts") | {STRANGER: NOTHING},
    "status, everything": ACTION_BY_ACTION,
    "status of the school": ACTION_BY_ACTION,
    "status in the channel": ACTION_BY_ACTION,
    "the school's window": ACTION_BY_ACTION,
    "the plan": {**dict.fromkeys(LEADERS, NO_NOTES), **OUTSIDE, TEAM: NO_STATUS, STRANGER: NOTHING},
    "the status as a file": ACTION_BY_ACTION,
    **{f"the plan as {form}": AS_A_FILE for form in (Form.PDF, Form.HTML, Form.XLSX, Form.CSV)},
    "the plan as ics": {
        **dict.fromkeys((*LEADERS, TEAM), NO_STATUS),
        **dict.fromkeys(OUTSIDE, TEXTS),
        STRANGER: NOTHING,
    },
    "what moved": dict.fromkeys(ROLES, COUNTS) | {STRANGER: NOTHING},
    "the portfolio": dict.fromkeys(ROLES, NOTHING) | {REVIEWER: COUNTS},
    "the portfolio as a file": dict.fromkeys(ROLES, NOTHING) | {REVIEWER: COUNTS},
    "across schools": dict.fromkeys(ROLES, SCHOOL) | dict.fromkeys((COACH, TEAM, STRANGER), NOTHING),
    "sharing the school": dict.fromkeys(ROLES, NOTHING) | dict.fromkeys((PRINCIPAL, BACKUP), SCHOOL),
    "the digest": dict.fromkeys(ROLES, NOTHING) | {PRINCIPAL: EVERYTHING},
    "the monthly message": dict.fromkeys(ROLES, NOTHING) | {REVIEWER: COUNTS},
}
HOLDS = {
    # what is seen: (the action's text, its owner, how it goes, the note)
    EVERYTHING: (True, True, True, True),
    NO_NOTES: (True, True, True, False),
    NO_NAMES: (True, False, True, False),
    NO_STATUS: (True, True, False, False),
    COUNTS: (False, False, True, False),
    TEXTS: (True, False, False, False),
    SCHOOL: (False, False, False, False),
}


def read(school: School, surface: str, who: str) -> str | None:
    """What `who` reads there; None where nothing of the school is to be seen."""
    try:
        return shown(SURFACES[surface](school, who))
    except LeversError as error:
        assert not any(told in str(error) for told in (CODE, TEXT, NOTE, OWNER))
        return None


@pytest.mark.parametrize("surface", SURFACES)
def test_each_role_sees_what_it_may_and_no_more(looked_at: School, surface: str) -> None:
    for who in ROLES:
        said, expected = read(looked_at, surface, who), SEEN[surface][who]
        if expected is NOTHING:
            assert said is None or (TEXT not in said and looked_at.id not in said), (who, surface)
            continue
        assert said is not None, (who, surface)
        assert (TEXT in said, OWNER in said, "blocked" in said, NOTE in said) == HOLDS[expected], (who, surface)


@pytest.mark.parametrize("who", [DISTRICT, REVIEWER])
def test_names_that_the_school_shows_are_those_of_what_is_said_from_then_on(
    school: School,
    who: str,
) -> None:
    followed(school)
    show_names.show_names(school.books, PRINCIPAL, school.id, True, NOW + timedelta(minutes=1))
    surfaces = ("status of the school", "the school's window", "the status as a file", "the plan as html")
    for surface in surfaces:
        assert NOTE not in str(read(school, surface, who)) and OWNER not in str(read(school, surface, who)), surface
    follow.check_in(school.books, OWNER, action_of(school), Status.AT_RISK, "A room is found", NOW + timedelta(hours=1))
    for surface in surfaces:
        said = str(read(school, surface, who))
        assert "A room is found" in said and OWNER in said and NOTE not in said, surface
    show_names.show_names(school.books, PRINCIPAL, school.id, False, NOW + timedelta(hours=2))
    for surface in surfaces:
        assert "A room is found" not in str(read(school, surface, who)), surface


def test_only_the_principal_shows_names(school: School) -> None:
    for who in (BACKUP, COACH, DISTRICT, REVIEWER, TEAM, STRANGER):
        with pytest.raises(LeversError):
            show_names.show_names(school.books, who, school.id, True, NOW)
    assert school.read(lambda ledger: ledger.people.names_since(school.id)) is None


@pytest.mark.parametrize("surface", SURFACES)
def test_whoever_lost_a_role_sees_nothing_at_once(left: School, surface: str) -> None:
    for who in (PRINCIPAL, COACH, DISTRICT, REVIEWER, TEAM):
        said = read(left, surface, who)
        assert said is None or (TEXT not in said and left.id not in said), (who, surface)


def test_a_school_that_one_may_not_see_is_not_there(school: School) -> None:
    with school.books.write() as ledger:
        ledger.people.name_administrator(ADMINISTRATOR, NOW)
        keep_reviews(ledger.view.conn, ledger.view.workspace, [a_review("ELM")], NOW, replace=False)
        unconnected = next(one.id for one in ledger.schools.all() if one.code == "ELM")
    answers = []
    for text in (f"status {CODE}", "status NOSUCH"):
        with pytest.raises(NotKnownError) as told:
            schools.status(command(school, STRANGER, text))
        answers.append(str(told.value))
    for who, at in ((STRANGER, school.id), (ADMINISTRATOR, school.id), (ADMINISTRATOR, unconnected)):
        with pytest.raises(NotKnownError) as told:
            schools._window(desk(school), who, at)
        answers.append(str(told.value))
    assert len(set(answers)) == 1


def test_a_file_shows_what_its_reader_may_see_when_it_is_sent_and_not_when_it_was_asked_for(
    school: School,
) -> None:
    followed(school)
    status_file.want(school.books, DISTRICT, "", LATER)
    connect.connect(school.books, REVIEWER, CHANNEL, school.id, Leadership(PRINCIPAL, BACKUP), (), NOW)
    assert TEXT not in shown(sent(school, Kind.STATUS_FILE, DISTRICT, LATER.isoformat(), ""))


def test_a_cell_that_begins_like_a_formula_is_data(school: School) -> None:
    followed(school)
    with school.books.write() as ledger:
        action = ledger.plans.action(action_of(school))
        ledger.plans.save_action(replace(action, step=replace(action.step, text="=2+3")))
    assert "'=2+3" in shown(sent(school, Kind.STATUS_FILE, REVIEWER, LATER.isoformat(), ""))


MAY = {
    # person: (asks owners, asks the leader, comments)
    PRINCIPAL: (True, False, True),
    BACKUP: (True, False, True),
    COACH: (True, False, True),
    DISTRICT: (False, True, False),
    REVIEWER: (False, True, True),
    TEAM: (False, False, False),
    STRANGER: (False, False, False),
}


@pytest.mark.parametrize("who", MAY)
def test_leaders_ask_owners_and_whoever_looks_on_asks_the_leader(school: School, who: str) -> None:
    followed(school)
    action = action_of(school)
    deeds: tuple[Callable[[], object], ...] = (
        lambda: update.ask_owner(school.books, who, action, LATER),
        lambda: update.ask_leader(school.books, who, school.id, LATER),
        lambda: comment.comment(school.books, who, action, "Well begun", f"c{who}", LATER),
    )
    assert tuple(map(allowed, deeds)) == MAY[who]


def allowed(deed: Callable[[], object]) -> bool:
    """Whether the deed is done."""
    try:
        deed()
    except (OutsiderError, update.AsksLeaderError):
        return False
    return True


def test_a_comment_reaches_its_owner_stays_with_the_action_and_is_not_everybodys(school: School) -> None:
    followed(school)
    action = action_of(school)
    comment.comment(school.books, REVIEWER, action, "Ask Oak Street for a room", "c1", LATER)
    comment.comment(school.books, REVIEWER, action, "Ask Oak Street for a room", "c1", LATER)
    with school.books.read() as ledger:
        (owed,) = ledger.deliveries.about(Kind.COMMENT, action)
        message = render(ledger, owed, LATER)
        assert readable(ledger.plans.history(action), ledger.people.viewer(TEAM, school.id)) is not None
    assert owed.wanted.recipient == OWNER and message is not None
    assert "Oak Street" in shown(message) and "Oak Street" not in message.text
    assert "Oak Street" in str(commands.own(desk(school), OWNER)[1].to_dict())
    seen = {who for who in ROLES if "Oak Street" in str(read(school, "the school's window", who))}
    assert seen == {PRINCIPAL, BACKUP, COACH, REVIEWER}
    assert {who for who in ROLES if "Oak Street" in str(read(school, "the portfolio", who))} == {REVIEWER}


def test_what_the_principal_answers_reaches_whoever_asked_and_the_others_who_look_on(school: School) -> None:
    followed(school)
    update.ask_leader(school.books, DISTRICT, school.id, LATER)
    question = f"{LATER.date() - timedelta(days=LATER.weekday())}/{school.id}/{DISTRICT}"
    assert "update.reply" in shown(sent(school, Kind.UPDATE_WANTED, PRINCIPAL, question, school.id))
    reply.reply(school.books, PRINCIPAL, school.id, DISTRICT, "Half of it is done", "r1", LATER)
    assert "Half of it is done" in shown(sent(school, Kind.REPLY, DISTRICT, "r1", school.id))
    answered = shown(sent(school, Kind.UPDATE_WANTED, PRINCIPAL, question, school.id))
    assert "Half of it is done" in answered and "update.reply" not in answered
    seen = {who for who in ROLES if "Half of it is done" in str(read(school, "the school's window", who))}
    assert seen == {PRINCIPAL, BACKUP, COACH, DISTRICT, REVIEWER}
    with pytest.raises(NotKnownError):
        sent(school, Kind.REPLY, TEAM, "r1", school.id)
