"""The form in which a follow-up is written. It may be sent after a restart, too.

All it knows is in its custom_id, `follow-up:<question id>`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.views import limits
from bot.views.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.texts import Texts

TEMPLATE = re.compile(r"follow-up:(?P<question_id>[A-Za-z0-9_-]{1,64})")
_FIELD = "question"


def follow_up_form(question_id: str, last: str, texts: Texts) -> ui.Modal:
    """Return the form for a follow-up to a question.

    discord.py keeps nothing of it, so that it works after a restart and none is kept that nobody
    sends: `typed_follow_up` reads what comes back.
    """
    form = ui.Modal(title=texts.say("Follow up"), custom_id=f"follow-up:{question_id}")
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=_FIELD,
        placeholder=shortened(
            texts.say("and what about …? why? since when?"), limits.CHOICE_LENGTH
        ),
        max_length=limits.QUESTION_LENGTH,
    )
    asked = " ".join(last.split())
    form.add_item(
        ui.Label(
            text=texts.say("Your question"),
            description=shortened(texts.say("After: {question}", question=asked), 100),
            component=field,
        )
    )
    form.stop()
    return form


def follow_up_of(interaction: discord.Interaction[Any]) -> tuple[str, str] | None:
    """Return the question's id and what was typed; None for what is no such form."""
    sent: Mapping[str, Any] = interaction.data or {}
    found = TEMPLATE.fullmatch(str(sent.get("custom_id", "")))
    if interaction.type is not discord.InteractionType.modal_submit or found is None:
        return None
    return found["question_id"], _typed(sent.get("components", ()))


def _typed(components: Iterable[Mapping[str, Any]]) -> str:
    for each in components:
        field = each.get("component", {})
        if field.get("custom_id") == _FIELD:
            return str(field.get("value", ""))
    return ""
