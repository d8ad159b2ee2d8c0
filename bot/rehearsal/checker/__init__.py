"""Checks blocks and views against Slack's published limits and shapes, by tables."""

from bot.rehearsal.checker.payloads import check_message_blocks, check_view, fill_ids, problems_in_blocks

__all__ = ["check_message_blocks", "check_view", "fill_ids", "problems_in_blocks"]
