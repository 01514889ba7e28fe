"""Replying to a message, also where the bot may write but not read what was written."""

from __future__ import annotations

from typing import Any

import discord


async def reply_to(message: discord.Message, **parts: Any) -> discord.Message:
    """Send what points at a message and pings nobody. Raises what Discord refuses."""
    try:
        return await message.channel.send(
            reference=message.to_reference(fail_if_not_exists=False),
            mention_author=False,
            suppress_embeds=True,
            **parts,
        )
    except discord.Forbidden:
        # most likely it may write but not read what was written: then it cannot point at it
        return await message.channel.send(suppress_embeds=True, **parts)
