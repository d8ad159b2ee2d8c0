"""views.*: modals, three deep at most and each person's own, and the Home tab."""

from bot.rehearsal.api.call import Call, Method
from bot.rehearsal.checker import check_view
from bot.rehearsal.records import OpenView
from bot.rehearsal.wire import Json, Refusal
from bot.rehearsal.workspace import Workspace

# docs.slack.dev, "Modals": a view stack holds three views at most.
MOST_VIEWS = 3


def open_view(call: Call) -> Json:
    """A new modal for the person whose gesture the trigger id came from."""
    view = _modal(call)
    person = call.triggers.redeem(_trigger(call))
    return {"view": show_modal(call.workspace, person, view, alone=True).body}


def push_view(call: Call) -> Json:
    """A modal over the one that the person acted in."""
    view = _modal(call)
    person = call.triggers.redeem(_trigger(call))
    if not call.workspace.stack(person):
        raise Refusal("not_found")
    return {"view": show_modal(call.workspace, person, view, alone=False).body}


def update_view(call: Call) -> Json:
    """New content for an open modal, if nobody was faster (``hash``)."""
    view = call.arguments.get("view")
    check_view(view)
    assert isinstance(view, dict)
    found = call.workspace.find_view(call.text("view_id") or None, call.text("external_id") or None)
    if found is None or found.body["type"] != view["type"]:
        raise Refusal("not_found")
    expected = call.text("hash")
    if expected and expected != found.body["hash"]:
        raise Refusal("hash_conflict")
    replace_view(call.workspace, found, view)
    return {"view": found.body}


def publish_home(call: Call) -> Json:
    """The Home tab of one person."""
    person = call.workspace.person(call.required("user_id"))
    view = call.arguments.get("view")
    check_view(view)
    assert isinstance(view, dict)
    if view["type"] != "home":
        raise Refusal("invalid_arguments", ["[ERROR] must be of type home [json-pointer:/view/type]"])
    shown = call.workspace.records.homes.get(person.id)
    expected = call.text("hash")
    if shown is None:
        shown = OpenView(person.id, call.workspace.dress_view(view, None))
        call.workspace.records.homes[person.id] = shown
    elif expected and expected != shown.body["hash"]:
        raise Refusal("hash_conflict")
    else:
        replace_view(call.workspace, shown, view)
    call.workspace.changed()
    return {"view": shown.body}


def show_modal(workspace: Workspace, person: str, view: Json, *, alone: bool) -> OpenView:
    """Put a checked modal on a person's screen: in place of what is open (``alone``) or over it.

    Raises Refusal (push_limit_reached, duplicate_external_id).
    """
    stack = workspace.stack(person)
    if alone:
        stack.clear()
    if len(stack) >= MOST_VIEWS:
        raise Refusal("push_limit_reached")
    if view.get("external_id") and workspace.find_view(external_id=view["external_id"]):
        raise Refusal("duplicate_external_id")
    below = stack[-1] if stack else None
    shown = OpenView(person, workspace.dress_view(view, below, str(below.body["root_view_id"]) if below else None))
    stack.append(shown)
    workspace.changed()
    return shown


def replace_view(workspace: Workspace, shown: OpenView, view: Json) -> None:
    """Put a checked view where ``shown`` is: same id and place, a new hash. What was typed stays where ids stay."""
    kept = {name: shown.body[name] for name in ("id", "root_view_id", "previous_view_id")}
    shown.body = {**workspace.dress_view(view, None), **kept}
    blocks = {block["block_id"] for block in shown.body["blocks"]}
    shown.typed = {block: held for block, held in shown.typed.items() if block in blocks}
    workspace.changed()


def _modal(call: Call) -> Json:
    view = call.arguments.get("view")
    check_view(view)
    assert isinstance(view, dict)
    if view["type"] != "modal":
        raise Refusal("invalid_arguments", ["[ERROR] must be of type modal [json-pointer:/view/type]"])
    return view


def _trigger(call: Call) -> str:
    trigger = call.text("trigger_id") or call.text("interactivity_pointer")
    if not trigger:
        raise Refusal("invalid_arguments", ["[ERROR] missing required field: trigger_id"])
    return trigger


METHODS: dict[str, Method] = {
    "views.open": open_view,
    "views.push": push_view,
    "views.update": update_view,
    "views.publish": publish_home,
}
