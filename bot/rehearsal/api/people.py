"""users.*, team.info, auth.test, api.test and apps.connections.open: who is here, and the way in."""

from bot.rehearsal.api.call import Call, Method
from bot.rehearsal.wire import Json


def auth_test(call: Call) -> Json:
    """Who the app is here."""
    world = call.workspace.world
    return {
        "url": f"https://{world.team_domain}.slack.com/",
        "team": world.team_name,
        "user": world.app.name.lower(),
        "team_id": world.team_id,
        "user_id": world.app.bot_user,
        "bot_id": world.app.bot_id,
        "is_enterprise_install": False,
    }


def api_test(call: Call) -> Json:
    """An echo of the arguments, with no token needed."""
    return {"args": {name: value for name, value in call.arguments.items() if name != "token"}}


def open_connection(call: Call) -> Json:
    """An address for one Socket Mode connection."""
    return {"url": call.sockets.address()}


def user_info(call: Call) -> Json:
    """One person."""
    return {"user": _describe(call, call.required("user"))}


def user_list(call: Call) -> Json:
    """Everybody, the bot included."""
    everybody = [_describe(call, user_id) for user_id in call.workspace.world.people]
    return call.page("members", everybody, 200, 1000)


def team_info(call: Call) -> Json:
    """The workspace's name."""
    world = call.workspace.world
    return {
        "team": {
            "id": world.team_id,
            "name": world.team_name,
            "domain": world.team_domain,
            "email_domain": "",
            "icon": {"image_default": True},
        }
    }


def _describe(call: Call, user_id: str) -> Json:
    return call.workspace.user(user_id)


METHODS: dict[str, Method] = {
    "auth.test": auth_test,
    "api.test": api_test,
    "apps.connections.open": open_connection,
    "users.info": user_info,
    "users.list": user_list,
    "team.info": team_info,
}
