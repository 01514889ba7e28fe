"""What a client is told when it identifies, and the members it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.wire import Intent, Payload
from bot.sandbox.world.payloads import available_guild_payload, member_payload, own_user_payload

if TYPE_CHECKING:
    from bot.sandbox.gateway.sessions import Session
    from bot.sandbox.world.model import Guild, User
    from bot.sandbox.world.world import World


def greet(session: Session, world: World, gateway_url: str) -> None:
    """Dispatch READY and, with the intent, a GUILD_CREATE for each server of this shard.

    None for those that are not available: that comes once they are.
    """
    guilds = [each for each in world.guilds.values() if each.has_bot and session.hears_of(each)]
    session.dispatch(
        "READY",
        {
            "v": 10,
            "user": own_user_payload(world.bot),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": gateway_url,
            "shard": [session.shard_id, session.shard_count],
            "application": {"id": str(world.application_id), "flags": 1 << 19},
            "private_channels": [],
            "_trace": [],
        },
    )
    if Intent.GUILDS in session.intents:
        for guild in guilds:
            if guild.is_available:
                session.dispatch("GUILD_CREATE", available_guild_payload(guild, world.bot))


def members_chunk(guild: Guild, bot: User, asked: Payload) -> Payload:
    """Write the members that a client asked for, by id or by the start of their name."""
    members = [*guild.members.values(), bot]
    wanted = asked.get("user_ids")
    missing: list[str] = []
    if wanted is not None:
        ids = {int(each) for each in (wanted if isinstance(wanted, list) else [wanted])}
        members = [member for member in members if member.id in ids]
        missing = [str(each) for each in ids - {member.id for member in members}]
    start = (asked.get("query") or "").lower()
    members = [member for member in members if member.name.lower().startswith(start)]
    return {
        "guild_id": str(guild.id),
        "members": [member_payload(member) for member in members],
        "chunk_index": 0,
        "chunk_count": 1,
        "not_found": missing,
        "nonce": asked.get("nonce"),
    }
