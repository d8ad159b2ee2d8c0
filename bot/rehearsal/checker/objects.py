"""The tables for composition objects: options, confirmations, filters, files.

Source: docs.slack.dev/reference/block-kit/composition-objects, one page an object, named beside each table.
"""

from bot.rehearsal.checker.rules import exactly_one_of, one_at_least_of
from bot.rehearsal.checker.shapes import Choice, Flag, Many, Record, Shape, Text, Words

ACTION_ID = Words(255)
BLOCK_ID = Words(255)
ADDRESS = Words(3000)
"""Of a picture, a button's or an option's link."""
SLACK_ID = Words(30)
"""Of a person, a channel, a file; Slack's own ids are 9 to 11 characters."""
STYLE = Choice(("primary", "danger"))

# confirmation-dialog-object: title 100, text 300, confirm and deny 30 characters.
CONFIRM = Record(
    required={"title": Text(100), "text": Text(300, plain_only=False), "confirm": Text(30), "deny": Text(30)},
    optional={"style": STYLE},
)


def _option(plain_only: bool, **more: Shape) -> Record:
    # option-object: text and description 75, value 150 characters; mrkdwn in radio buttons and checkboxes alone.
    return Record(
        required={"text": Text(75, plain_only=plain_only), "value": Words(150)},
        optional={"description": Text(75, plain_only=plain_only), **more},
    )


OPTION = _option(plain_only=True)
RICH_OPTION = _option(plain_only=False)
OVERFLOW_OPTION = _option(plain_only=True, url=ADDRESS)

# option-group-object: label 75 characters, 100 options.
OPTION_GROUP = Record(required={"label": Text(75), "options": Many(OPTION, 100)})
OPTIONS = Many(OPTION, 100)
OPTION_GROUPS = Many(OPTION_GROUP, 100)

# dispatch-action-configuration-object
DISPATCH = Record(optional={"trigger_actions_on": Many(Choice(("on_enter_pressed", "on_character_entered")), 2)})

# conversation-filter-object: include may not be empty, and at least one of the three is there.
FILTER = Record(
    optional={
        "include": Many(Choice(("im", "mpim", "private", "public")), 4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
    rules=(one_at_least_of("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)

# slack-file-object: id or url; with both the payload is rejected.
SLACK_FILE = Record(optional={"id": SLACK_ID, "url": ADDRESS}, rules=(exactly_one_of("id", "url"),))

# workflow-object, trigger-object: a link trigger's address and its inputs.
_PARAMETER = Record(required={"name": Words(255), "value": Words(3000, least=0)})
WORKFLOW = Record(
    required={
        "trigger": Record(
            required={"url": ADDRESS},
            optional={"customizable_input_parameters": Many(_PARAMETER, 100, least=0)},
        )
    }
)
