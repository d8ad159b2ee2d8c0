"""The tables for rich text: what a person types in Slack, and what a rich_text block or rich_text_input holds.

Source: docs.slack.dev/reference/block-kit/blocks/rich-text-block and its sub-elements under
docs.slack.dev/reference/block-kit/block-elements (rich-text-section-element, emoji-element, ...).
"""

from bot.rehearsal.checker.objects import ADDRESS, BLOCK_ID, SLACK_ID
from bot.rehearsal.checker.shapes import Choice, Flag, Many, Number, OneOf, Record, Shape, Words, typed

MANY_PARTS = 1000
"""A bound of this workspace's own: Slack names none, and refuses such a message for its length."""
LONG = Words(40_000)

_STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
_STYLE = Record(optional={name: Flag() for name in _STYLES})
_BORDER = Number(0, 1)


def _inline(name: str, required: dict[str, Shape], **optional: Shape) -> Record:
    return typed(name, required, {"style": _STYLE, **optional})


INLINE = OneOf(
    {
        "text": _inline("text", {"text": LONG}),
        "link": _inline("link", {"url": ADDRESS}, text=LONG, unsafe=Flag()),
        "emoji": _inline("emoji", {"name": Words(255)}, unicode=Words(100), url=ADDRESS, skin_tone=Number(1, 6)),
        "user": _inline("user", {"user_id": SLACK_ID}),
        "usergroup": _inline("usergroup", {"usergroup_id": SLACK_ID}),
        "channel": _inline("channel", {"channel_id": SLACK_ID}),
        "team": _inline("team", {"team_id": SLACK_ID}),
        "broadcast": _inline("broadcast", {"range": Choice(("here", "channel", "everyone"))}),
        "color": _inline("color", {"value": Words(7, pattern=r"#[0-9a-fA-F]{3,6}")}),
        "date": _inline("date", {"timestamp": Number(), "format": Words(3000)}, url=ADDRESS, fallback=Words(3000)),
    }
)
_LINE = Many(INLINE, MANY_PARTS, least=0)
_SECTION = typed("rich_text_section", {"elements": _LINE})

RICH_TEXT = typed(
    "rich_text",
    {
        "elements": Many(
            OneOf(
                {
                    "rich_text_section": _SECTION,
                    # rich-text-list-element: indent 0 to 8; border 0 or 1 here and in the next two.
                    "rich_text_list": typed(
                        "rich_text_list",
                        {
                            "style": Choice(("bullet", "ordered")),
                            "elements": Many(OneOf({"rich_text_section": _SECTION}), MANY_PARTS, least=0),
                        },
                        {"indent": Number(0, 8), "offset": Number(), "border": _BORDER},
                    ),
                    "rich_text_quote": typed("rich_text_quote", {"elements": _LINE}, {"border": _BORDER}),
                    "rich_text_preformatted": typed(
                        "rich_text_preformatted",
                        {"elements": Many(OneOf({name: INLINE.kinds[name] for name in ("text", "link")}), MANY_PARTS)},
                        {"border": _BORDER, "language": Words(100)},
                    ),
                }
            ),
            MANY_PARTS,
            least=0,
        )
    },
    {"block_id": BLOCK_ID},
)
