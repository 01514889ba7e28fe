"""Operations about the bot itself: who it is, its application, and where its gateway is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.rest.call import Call, Handler, Reply
from bot.sandbox.world.payloads import own_user_payload, user_payload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.wire import Payload
    from bot.sandbox.world.world import World

_MAY_HAVE_MESSAGE_CONTENT = 1 << 19


def application_payload(world: World) -> Payload:
    """Write the bot's application."""
    absent = (
        "icon",
        "type",
        "interactions_endpoint_url",
        "role_connections_verification_url",
        "team",
    )
    return {
        "id": str(world.application_id),
        "name": world.bot.name,
        "description": "",
        "verify_key": "0" * 64,
        "flags": _MAY_HAVE_MESSAGE_CONTENT,
        "flags_new": str(_MAY_HAVE_MESSAGE_CONTENT),
        "redirect_uris": [],
        "owner": user_payload(next(iter(world.users.values()))),
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "bot_public": True,
        "bot_require_code_grant": False,
        "bot": user_payload(world.bot),
        "integration_types_config": {},
        **dict.fromkeys(absent),
    }


def _get_my_user(call: Call) -> Reply:
    return Reply(own_user_payload(call.world.bot))


def _get_application(call: Call) -> Reply:
    return Reply(application_payload(call.world))


def _list_my_guilds(call: Call) -> Reply:
    bot = call.world.bot
    return Reply(
        [
            {
                "id": str(guild.id),
                "name": guild.name,
                "icon": None,
                "banner": None,
                "owner": False,
                "permissions": str(int(guild.permissions_of(bot))),
                "features": [],
            }
            for guild in call.world.guilds.values()
            if guild.has_bot
        ]
    )


def _get_gateway(call: Call) -> Reply:
    return Reply({"url": call.gateway_url})


def _get_bot_gateway(call: Call) -> Reply:
    limit = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 16}
    shards = {"shards": call.world.recommended_shard_count, "session_start_limit": limit}
    return Reply({"url": call.gateway_url} | shards)


OPERATIONS: Mapping[str, Handler] = {
    "get_my_user": _get_my_user,
    "get_my_application": _get_application,
    "get_my_oauth2_application": _get_application,
    "list_my_guilds": _list_my_guilds,
    "get_gateway": _get_gateway,
    "get_bot_gateway": _get_bot_gateway,
}
