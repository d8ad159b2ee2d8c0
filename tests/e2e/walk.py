"""A whole session at the page, from the held review to the first check-in, told once for the test and the pictures."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.browser import Seat

Look = Callable[[str, Seat], None]
"""Called at each place worth a picture, with its name and the seat that sees it."""


def connect_and_release(reviewer: Seat, look: Look) -> None:
    """The reviewer, who administers Levers here, ties the channel to the school and releases the review."""
    look("welcome", reviewer)
    reviewer.press("Connect this channel")
    window = reviewer.window("Connect this channel")
    window.get_by_label("Principal").select_option("UPRINCIPAL1")
    window.get_by_label("Backup leader").select_option("UCOACH1")
    window.get_by_label("Reviewers").select_option("UREVIEWER1")
    window.get_by_label("Coaches").select_option("UCOACH1")
    window.get_by_label("District or network leaders").select_option("UDISTRICT1")
    look("connect", reviewer)
    reviewer.send(window, "Connect")
    reviewer.sees("still held")
    reviewer.direct_messages()
    reviewer.press("Release it to the team")
    reviewer.page.locator("#confirm").get_by_role("button", name="Release").click()
    reviewer.sees("is released to its team")
    reviewer.go_to("CPLAN1")


def open_session(reviewer: Seat, look: Look) -> None:
    """The reviewer opens the session with the numbers that suit most teams, and the others join."""
    reviewer.press("Open the session")
    reviewer.send(reviewer.window("Open the session"), "Start")
    reviewer.sees("1 of 7 · Gather")
    reviewer.others_act()
    expect(reviewer.page.locator("#messages").get_by_text("Here now:").locator("..")).to_contain_text("Renée Blanchard")
    look("gather", reviewer)


def go_on(reviewer: Seat, phase: str, button: str | None = None) -> None:
    """The facilitator goes on to `phase`."""
    reviewer.press("Facilitate")
    reviewer.send(reviewer.window("Facilitate"), button or f"Go on to {phase}")


def focus(reviewer: Seat, principal: Seat, look: Look) -> None:
    """Strengths first, then the shortlist, with evidence at a click and the principal's word."""
    go_on(reviewer, "Celebrate")
    reviewer.sees("2 of 7 · Celebrate")
    look("celebrate", reviewer)
    go_on(reviewer, "Focus")
    reviewer.sees("3 of 7 · Focus")
    look("focus", reviewer)
    principal.press("For the principal")
    word = principal.window("The principal's word")
    word.get_by_label("What is off the table?").fill("The length of the school day.")
    principal.send(word, "Save")
    reviewer.sees("The length of the school day.")
    teacher = principal
    teacher.become("UTEACHER1")
    teacher.press("Evidence")
    window = teacher.window("Evidence")
    expect(window).to_contain_text("Document review")
    look("evidence", teacher)
    teacher.page.keyboard.press("Escape")


def vote(reviewer: Seat, teacher: Seat, look: Look) -> None:
    """A teacher votes by hand, with a mistake; the others follow; nothing shows before the reveal."""
    go_on(reviewer, "Vote")
    teacher.sees("4 of 7 · Vote")
    teacher.press("Vote")
    ballot = teacher.window("Your ballot")
    first, second = ballot.locator("select").nth(0), ballot.locator("select").nth(1)
    first.select_option("3")
    second.select_option("3")
    expect(ballot).to_contain_text("6 dots placed, and you have 5.")
    ballot.get_by_role("button", name="Vote", exact=True).click()
    expect(ballot).to_contain_text("You placed 6 dots and have 5. Take 1 back.")
    second.select_option("2")
    expect(ballot).to_contain_text("5 dots placed, 0 left")
    look("ballot", teacher)
    teacher.send(ballot, "Vote")
    expect(teacher.window("Your ballot")).to_contain_text("Your ballot is kept: 5 dots placed")
    teacher.page.keyboard.press("Escape")
    reviewer.sees("1 of 6")
    reviewer.others_act()
    reviewer.sees("6 of 6")
    expect(reviewer.page.locator("#messages")).not_to_contain_text("▇")
    look("vote", reviewer)


def choose(reviewer: Seat, look: Look) -> None:
    """The reveal, and the choice written down."""
    go_on(reviewer, "Choose")
    reviewer.sees("By the dots alone")
    look("choose", reviewer)
    reviewer.press("Choose priorities")
    window = reviewer.window("Choose priorities")
    while window.get_by_role("button", name="Take off").count():
        window.get_by_role("button", name="Take off").first.click()
    window.get_by_label("The team's priorities").select_option(index=1)
    window.get_by_label("The team's priorities").select_option(index=1)
    window.get_by_label("How was it settled?").fill("We talked it through: these two are in our own hands.")
    reviewer.send(window, "Save")
    reviewer.sees("Chosen:")


def plan(reviewer: Seat, look: Look) -> None:
    """Root cause, goal, target and measure for each priority, and an action with an owner."""
    go_on(reviewer, "Plan")
    reviewer.sees("6 of 7 · Plan")
    written = (
        ("Units plan the teacher's steps, not the learner's thinking.", "Learners explain their own thinking daily."),
        ("Learners rarely choose how or when they work.", "Every learner plans part of the week."),
    )
    steps = (("UTEACHER1", "Rewrite one unit so that learners do the explaining"), ("UCOACH1", "Try a weekly plan"))
    for (cause, goal), (owner, text) in zip(written, steps, strict=True):
        reviewer.page.locator("#messages").get_by_role("button", name="Describe", exact=True).first.click()
        window = reviewer.window("Describe the priority")
        window.get_by_label("Root cause").fill(cause)
        window.get_by_label("Goal").fill(goal)
        window.get_by_label("How we will know").fill("We see it in eight of ten visited lessons.")
        reviewer.send(window, "Save")
        reviewer.sees(cause)
        add_action(reviewer, owner, text)
    look("plan", reviewer)


def add_action(reviewer: Seat, owner: str, text: str) -> None:
    """Add an action under the priority that was described last."""
    described = reviewer.page.locator("#messages").get_by_role("button", name="Edit the description", exact=True)
    row = described.last.locator("xpath=..")
    row.get_by_role("button", name="Add an action").click()
    window = reviewer.window("Add an action")
    window.get_by_label("What will be done?").fill(text)
    window.get_by_label("Owner").select_option(owner)
    window.get_by_label("Done by").fill("2027-02-12")
    window.get_by_label("What will show that it is done?").fill("Three samples of learners' work")
    window.get_by_label("Ask how it is going").select_option("every week")
    reviewer.send(window, "Add")
    reviewer.sees(text)


def commit_and_follow(reviewer: Seat, teacher: Seat, look: Look) -> None:
    """The plan is committed; owners accept; the clock moves to the first check-in; the owner answers."""
    go_on(reviewer, "Commit")
    reviewer.sees("7 of 7 · Commit")
    go_on(reviewer, "", "Commit the plan")
    reviewer.sees("committed on")
    look("published", reviewer)
    teacher.direct_messages()
    teacher.sees("Rewrite one unit so that learners do the explaining")
    look("acceptance", teacher)
    teacher.press("Take it on")
    teacher.sees("You took it on")
    reviewer.others_act()
    teacher.clock("Next check-in")
    teacher.sees("How is it going?")
    teacher.page.get_by_role("button", name="Dismiss what happened on the way").click()
    look("check-in", teacher)
    teacher.press("On track")
    teacher.sees("You said:")
    teacher.go_to("CPLAN1")
    teacher.type_command("/levers status")
    teacher.sees("on track")
    look("status", teacher)
