"""How Levers logs: one line an event, with ids and kinds, never with tokens, names or notes."""

import logging
import sys

import structlog


def set_up_logs() -> None:
    """Log to standard error from warnings of libraries and everything of Levers' own."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
