"""The plan to read and to print: HTML with Jinja2, PDF with typst; people's text is data in both."""

import json
from dataclasses import asdict
from importlib.resources import as_file

import typst
from jinja2 import Environment, StrictUndefined

from bot.documents.content import PlanDocument
from bot.documents.wording import TEMPLATES, words
from bot.sentences import day, short_day


def html(document: PlanDocument) -> bytes:
    """One page of HTML that prints well and needs nothing from elsewhere."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"day": day, "short_day": short_day}
    source = TEMPLATES.joinpath("plan.html.j2").read_text(encoding="utf-8")
    return environment.from_string(source).render(plan=document, words=words()).encode()


def pdf(document: PlanDocument) -> bytes:
    """A tagged PDF; the same data gives the same bytes.

    The fonts that come with typst carry Latin, Greek, Cyrillic and more; the computer's own are used only for letters
    that those lack, such as Chinese ones.
    """
    with as_file(TEMPLATES.joinpath("plan.typ")) as template:
        made = typst.compile(
            str(template),
            format="pdf",
            sys_inputs=inputs(document),
            timestamp=int(document.committed_at.timestamp()),
        )
    # A form with one file a page would come as a list.
    return bytes(made[0] if isinstance(made, list) else made)


def inputs(document: PlanDocument) -> dict[str, str]:
    """What the typst template is given: the plan and the words as JSON, dates as people say them."""
    content = asdict(document)
    content |= {"committed": day(document.committed), "reviewed": day(document.reviewed), "committed_at": ""}
    for part in content["priorities"]:
        for line in part["actions"]:
            line["due"] = f"{short_day(line['due'])}, {line['due'].year}"
            line["supporters"] = ", ".join(line["supporters"])
    return {"plan": json.dumps(content), "words": json.dumps(dict(words()))}
