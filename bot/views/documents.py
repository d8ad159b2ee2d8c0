"""The window in which somebody picks the kind of file that they want of a school's findings and plan."""

from slack_sdk.models.views import View

from bot.documents.forms import Form
from bot.sentences import say, say_plain
from bot.views.parts import context, field, modal, section, select


def window(school_id: str, school: str, request: str) -> View:
    """Every form that a school's document comes in; `request` makes two presses one file."""
    forms = [(say_plain(f"report.form_{form.value}"), form.value) for form in Form]
    picked = field("form", say_plain("report.form"), select("form", forms, Form.PDF.value))
    blocks = [*section(say("report.file_about", school=school)), picked, *context(say("report.file_note"))]
    title, submit = say_plain("report.file_title"), say_plain("report.file_submit")
    return modal("document", title, blocks, submit=submit, about={"school": school_id, "request": request})
