"""Carries out what a person does on the page; an order is JSON, its answer too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import CannotInvokeError
from bot.sandbox.page.localising import languages
from bot.sandbox.wire import ComponentType, OptionType, Payload

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.sandbox.acting.choosing import Choice
    from bot.sandbox.acting.options import OptionValue
    from bot.sandbox.loopback import LoopbackDiscord
    from bot.sandbox.page.showing import Viewpoint
    from bot.sandbox.world.interaction import Interaction
    from bot.sandbox.world.model import Message
    from bot.sandbox.world.world import World

_NO_ANSWER = "The application did not respond"


class Deeds:
    """What can be done on the page, by name."""

    def __init__(self, discord: LoopbackDiscord) -> None:
        self._discord = discord
        self._deeds: Mapping[str, Callable[[Viewpoint, Payload], Awaitable[Payload]]] = {
            "say": self._say,
            "slash": self._slash,
            "autocomplete": self._autocomplete,
            "click": self._click,
            "select": self._select,
            "menu": self._menu,
            "submit": self._submit,
            "speak": self._speak,
        }

    async def carry_out(self, view: Viewpoint, order: Payload) -> Payload:
        """Do it. Raises LookupError, TypeError or ValueError for an order that makes no sense."""
        try:
            return await self._deeds[order["do"]](view, order)
        except CannotInvokeError as error:
            return {"error": str(error)}
        except TimeoutError:
            return {"error": _NO_ANSWER}

    async def _say(self, view: Viewpoint, order: Payload) -> Payload:
        text = with_mentions(self._discord.world, order["text"])
        reply_to = _message(view, order["reply_to"]) if order.get("reply_to") else None
        self._discord.say(view.user, view.channel, text, reply_to=reply_to)
        return {}

    async def _slash(self, view: Viewpoint, order: Payload) -> Payload:
        values = _values(self._discord.world, order["options"])
        return await _answered(
            self._discord.slash(view.user, view.channel, order["name"], **values)
        )

    async def _autocomplete(self, view: Viewpoint, order: Payload) -> Payload:
        values = _values(self._discord.world, order["options"])
        choices = await self._discord.autocomplete(
            view.user, view.channel, order["name"], order["focused"], **values
        )
        return {"choices": choices}

    async def _click(self, view: Viewpoint, order: Payload) -> Payload:
        message = _message(view, order["message"])
        return await _answered(
            self._discord.click(view.user, message, custom_id=order["custom_id"])
        )

    async def _select(self, view: Viewpoint, order: Payload) -> Payload:
        message = _message(view, order["message"])
        custom_id = order["custom_id"]
        values = [_choice(self._discord.world, order["kind"], each) for each in order["values"]]
        return await _answered(
            self._discord.select(view.user, message, values, custom_id=custom_id)
        )

    async def _menu(self, view: Viewpoint, order: Payload) -> Payload:
        message = _message(view, order["message"])
        return await _answered(self._discord.message_menu(view.user, message, order["name"]))

    async def _submit(self, view: Viewpoint, order: Payload) -> Payload:
        interaction = self._discord.world.interactions[int(order["interaction"])]
        if interaction.user is not view.user:
            raise LookupError("interaction")
        values = {name: self._field(value) for name, value in order["values"].items()}
        return await _answered(self._discord.submit(interaction, values))

    async def _speak(self, view: Viewpoint, order: Payload) -> Payload:
        """Let the person's client be in another language from now on."""
        commands = self._discord.world.commands_in(view.channel.guild)
        if order["language"] not in languages(commands):
            raise ValueError("language")
        view.user.locale = order["language"]
        return {}

    def _field(self, value: Any) -> Any:
        """Return what was typed, or the choices of {"kind": …, "values": […]}."""
        if isinstance(value, str):
            return value
        return [_choice(self._discord.world, value["kind"], each) for each in value["values"]]


def with_mentions(world: World, text: str) -> str:
    """Turn `@Name` of everyone who exists into a mention."""
    for user in world.users.values():
        text = re.sub(rf"@{re.escape(user.name)}\b", user.mention, text, flags=re.IGNORECASE)
    return text


async def _answered(interaction: Interaction) -> Payload:
    await interaction.done()
    if interaction.modal is not None:
        return {"modal": interaction.modal, "interaction": str(interaction.id)}
    return {"latency_seconds": interaction.latency_seconds}


def _message(view: Viewpoint, message_id: str) -> Message:
    return view.channel.messages[int(message_id)]


def _values(world: World, options: list[Payload]) -> dict[str, OptionValue]:
    return {option["name"]: _value(world, option) for option in options}


def _choice(world: World, kind: int, value: str) -> Choice:
    if kind == ComponentType.STRING_SELECT:
        return value
    if kind == ComponentType.CHANNEL_SELECT:
        return world.channels[int(value)]
    return world.users[int(value)]


def _value(world: World, option: Payload) -> Any:
    if option["type"] in {OptionType.USER, OptionType.MENTIONABLE}:
        return world.users[int(option["value"])]
    if option["type"] == OptionType.CHANNEL:
        return world.channels[int(option["value"])]
    return option["value"]
