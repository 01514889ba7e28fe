"""Telling Discord of the commands, which may be done only so often a day: when they changed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import structlog

if TYPE_CHECKING:
    from bot.commands.tree import Tree
    from bot.storage.command_hashes import CommandHashes

_log = structlog.stdlib.get_logger(__name__)

_SERVER_ERROR = 500
_TOO_MANY_REQUESTS = 429


async def sync_or_go_on(tree: Tree, hashes: CommandHashes, application_id: int) -> None:
    """Tell Discord of the commands if it can be told now; the bot answers mentions without them.

    Raises discord.HTTPException when Discord refuses them for good.
    """
    try:
        await sync_if_changed(tree, hashes, application_id)
    except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
        if isinstance(error, discord.HTTPException) and not may_pass(error):
            raise
        _log.warning("commands not registered; the next start tries again", reason=str(error))


def may_pass(error: discord.HTTPException) -> bool:
    """Whether Discord may answer otherwise later on."""
    return error.status >= _SERVER_ERROR or error.status == _TOO_MANY_REQUESTS


async def sync_if_changed(tree: Tree, hashes: CommandHashes, application_id: int) -> bool:
    """Tell Discord of all commands unless it knows them. Returns whether it was told.

    It knows them when they hash to what it was last told of, and it still has all of them: another
    program may have used the same token.
    """
    payload = await _payload(tree)
    command_hash = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    if await hashes.find(application_id) == command_hash:
        known = {command.name for command in await tree.fetch_commands()}
        if known == {command["name"] for command in payload}:
            return False
    await tree.sync()
    await hashes.remember(application_id, command_hash)
    _log.info("commands registered", count=len(payload))
    return True


async def _payload(tree: Tree) -> list[dict[str, Any]]:
    commands = tree.get_commands()
    if tree.translator is None:
        return [command.to_dict(tree) for command in commands]
    return [await command.get_translated_payload(tree, tree.translator) for command in commands]
