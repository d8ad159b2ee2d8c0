"""School codes: immutable, matched without regard to case and needless spaces."""

# A code must fit a button and a select's option in Slack (75 letters each).
CODE_LENGTH = 75


def code_key(code: str) -> str:
    """`code` as codes are compared."""
    return " ".join(code.split()).casefold()


def code_fault(code: str) -> str | None:
    """What is expected instead of `code` where it cannot be a school's code, or None where it can."""
    if not code.split():
        return "a school's code, like JUNIPER or M307"
    if len(code) > CODE_LENGTH:
        return f"a school's code of at most {CODE_LENGTH} letters"
    if not code.isprintable():
        return "a school's code of letters that can be printed"
    return None
