"""The picture of the vote in the channel: once for each ballot, never of hidden totals, never after a step back."""

from sqlalchemy import update

from planning.messages import Kind
from planning.phases import Phase
from planning.verbs import steer
from storage.tables.messages import deliveries
from tests.bot import played
from tests.bot.stage import VOTERS, Stage

COMMENT = "How the dots fell, as a picture."


def to_the_reveal(stage: Stage, voters: tuple[str, ...] = VOTERS) -> None:
    """A session up to the reveal, in which `voters` voted."""
    played.to_vote(stage)
    played.vote(stage, {person: {0: 3, 1: 2} for person in voters})
    stage.settled()
    assert pictures(stage) == 0
    played.go_on(stage, "5 of 7")
    stage.settled()


def pictures(stage: Stage) -> int:
    """How many pictures of a vote stand in the channel."""
    return sum(1 for message in stage.visitor().messages() if message["text"] == COMMENT)


def move(stage: Stage, verb: object) -> None:
    """The facilitator goes on or back."""
    session = stage.session()
    verb(stage.books, "UREVIEWER1", session.id, session.step, stage.now())  # type: ignore[operator]


def test_each_ballot_gets_its_picture_once_after_its_card(stage: Stage) -> None:
    to_the_reveal(stage)
    assert pictures(stage) == 1
    texts = [message["text"] for message in stage.visitor().messages()]
    assert texts.index(COMMENT) > max(place for place, text in enumerate(texts) if text.startswith("Juniper"))
    steer.pause(stage.books, "UREVIEWER1", stage.session().id, stage.session().step, stage.now())
    steer.resume(stage.books, "UREVIEWER1", stage.session().id, stage.now())
    stage.settled()
    assert pictures(stage) == 1, "a resumed session repeats its card and not its picture"
    move(stage, steer.go_back)
    stage.settled()
    played.vote(stage, {person: {2: 3} for person in VOTERS})
    move(stage, steer.advance)
    stage.settled()
    assert pictures(stage) == 2, "a fresh ballot has a picture of its own"


def test_a_picture_that_was_posted_just_before_a_crash_is_not_posted_again(stage: Stage) -> None:
    to_the_reveal(stage)
    stage.stop_bot()
    with stage.database.write() as conn:
        doubt = {"state": "sending", "ts": None, "shown": 0, "lease_until": 0}
        conn.execute(update(deliveries).where(deliveries.c.kind == Kind.PICTURE.value).values(doubt))
    stage.restart_bot(stop=False)
    stage.settled()
    assert pictures(stage) == 1


def test_a_picture_that_comes_too_late_is_not_posted(stage: Stage) -> None:
    to_the_reveal(stage)
    stage.stop_bot()
    move(stage, steer.go_back)
    with stage.database.write() as conn:
        unsent = {"state": "waiting", "ts": None, "shown": 0, "due_at": stage.now()}
        conn.execute(update(deliveries).where(deliveries.c.kind == Kind.PICTURE.value).values(unsent))
    stage.restart_bot(stop=False)
    stage.settled()
    assert stage.session().phase is Phase.VOTE
    assert pictures(stage) == 1


def test_hidden_totals_have_no_picture(stage: Stage) -> None:
    to_the_reveal(stage, VOTERS[:2])
    assert pictures(stage) == 0
