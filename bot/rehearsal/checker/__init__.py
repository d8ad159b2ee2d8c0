"""Checks every payload against Slack's published limits and shapes, by tables that read like its reference."""

from bot.rehearsal.checker.acknowledgements import check_after_submission, check_suggested
from bot.rehearsal.checker.messages import check_message, check_message_blocks, check_metadata
from bot.rehearsal.checker.surfaces import problems_in_blocks
from bot.rehearsal.checker.tree import acting_elements, elements_in, every_block, fill_ids
from bot.rehearsal.checker.views import check_view, problems_in_view

__all__ = [
    "acting_elements",
    "check_after_submission",
    "check_message",
    "check_message_blocks",
    "check_metadata",
    "check_suggested",
    "check_view",
    "elements_in",
    "every_block",
    "fill_ids",
    "problems_in_blocks",
    "problems_in_view",
]
