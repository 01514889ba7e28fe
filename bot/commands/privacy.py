"""`/privacy`: what is kept of whoever asks, in words, as a file, and deleted; all of it alone."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.texts import RefusedError, saying
from bot.views.forget_button import forget_button
from bot.views.layout import layout
from bot.views.privacy import (
    asking_text,
    exported_text,
    forgotten_text,
    nothing_text,
    privacy_text,
)
from bot.views.privacy_as_json import named_file, person_as_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.commands.cooldown import Cooldown
    from bot.commands.speaking import Speaking
    from bot.storage.memory import Memory
    from bot.storage.people import People
    from bot.texts import Texts


def privacy(
    memory: Memory, cooldown: Cooldown, speaking: Speaking, clock: Callable[[], datetime]
) -> app_commands.Group:
    """Return the commands."""
    group = app_commands.Group(name="privacy", description="What I keep of you")
    group.add_command(_show(memory, speaking))
    group.add_command(_export(memory, cooldown, speaking, clock))
    group.add_command(_delete(memory, speaking))
    return group


def _show(memory: Memory, speaking: Speaking) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="show", description="What I keep of you, for how long, and why")
    async def show(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        counts = await memory.people.counts(interaction.user.id)
        text = privacy_text(counts, memory.kept_days, speaking.privately(interaction))
        await interaction.edit_original_response(view=layout(text))

    return show


def _export(
    memory: Memory, cooldown: Cooldown, speaking: Speaking, clock: Callable[[], datetime]
) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="export", description="All that I keep of you, as a file")
    async def export(interaction: discord.Interaction[Any]) -> None:
        cooldown.take(interaction.user.id)
        await interaction.response.defer(ephemeral=True, thinking=True)
        user_id = interaction.user.id
        tables = await memory.people.everything(user_id)
        name, content = named_file(person_as_json(tables, user_id, memory.kept_days, clock()))
        await interaction.edit_original_response(
            content=exported_text(speaking.privately(interaction)),
            attachments=[discord.File(BytesIO(content), name)],
        )

    return export


def _delete(memory: Memory, speaking: Speaking) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="delete", description="Delete all that I keep of you")
    async def delete(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        texts, user_id = speaking.privately(interaction), interaction.user.id
        counts = await memory.people.counts(user_id)
        if not counts.is_forgettable:
            view = layout(nothing_text(counts, texts))
        else:
            view = layout(asking_text(counts, texts), [forget_button(user_id, texts)])
        await interaction.edit_original_response(view=view)

    return delete


async def forget(
    interaction: discord.Interaction[Any], user_id: int, people: People, texts: Texts
) -> None:
    """Delete what is kept of a person, and say so in place of the question.

    Raises RefusedError where it is somebody else who asks for it.
    """
    if interaction.user.id != user_id:
        raise RefusedError(saying("That button is somebody else's; you may delete only your own."))
    await interaction.response.defer()
    counts = await people.forget(user_id)
    await interaction.edit_original_response(view=layout(forgotten_text(counts, texts)))
