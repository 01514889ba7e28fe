"""The guided set-up: one message in which those who manage a server choose what holds there.

All that its selects and buttons know is in their custom_ids, `setup:<part>`, and what a server has
decided is shown as chosen, so that they still do after a restart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

import discord
from discord import ui

from bot.views import limits
from bot.views.escaping import clean
from bot.views.pressed import pressed_on

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

    from bot.storage.servers import ServerSettings
    from bot.texts import Languages, Texts

Part = Literal["channels", "publishers", "log", "language", "zone", "private", "threads", "check"]
TEMPLATE = r"setup:(?P<part>channels|publishers|log|language|zone|private|threads|check)"
LANGUAGE_OF_DISCORD = "discord"
ZONES = (
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Athens",
    "Europe/Moscow",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Africa/Nairobi",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Bangkok",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "America/Sao_Paulo",
    "America/Halifax",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "Pacific/Honolulu",
)
"""Those that most people live in, west of the date line last: a select holds 25."""
MOST_CHANNELS = 25
MOST_PUBLISHERS = 25
_CHANNELS = [discord.ChannelType.text, discord.ChannelType.voice]
_COLOUR = discord.Colour(0x3B6EA5)


class SetsUp(Protocol):
    """What these ask of what does their work."""

    async def set_up(
        self, interaction: discord.Interaction[Any], part: Part, values: Sequence[str]
    ) -> None:
        """Decide a part as it was chosen: ids of channels, or values of options."""
        ...


class SetupItem(ui.DynamicItem[Any], template=TEMPLATE):
    """A select or a button of the set-up."""

    def __init__(self, part: Part, item: ui.Item[Any]):
        super().__init__(item)
        self.part = part

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> SetupItem:
        """Make it from what Discord kept of it."""
        return cls(cast("Part", match["part"]), item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Decide it."""
        chosen = getattr(self.item, "values", ())
        values = [each if isinstance(each, str) else str(each.id) for each in chosen]
        sets_up: SetsUp = pressed_on(interaction)
        await sets_up.set_up(interaction, self.part, values)


def setup_view(
    settings: ServerSettings,
    languages: Languages,
    publishers: Sequence[str],
    texts: Texts,
    notes: Sequence[str] = (),
) -> ui.LayoutView:
    """Return a new view of what holds, each part with what it may be; and of what is to be said.

    `publishers` are those that there are, the one with most articles first.
    """
    view = ui.LayoutView(timeout=None)
    container: ui.Container[Any] = ui.Container(accent_colour=_COLOUR)
    container.add_item(ui.TextDisplay(_introduction(texts)))
    for title, item in (
        (texts.say("Channels to ask in"), _channels(settings, texts)),
        *_publishers(settings, publishers, texts),
        (texts.say("Language"), _language(settings, languages, texts)),
        (texts.say("Time zone"), _zone(settings, texts)),
        (texts.say("Channel of the log"), _log(settings, texts)),
    ):
        container.add_item(ui.TextDisplay(f"**{title}**"))
        container.add_item(ui.ActionRow(item))
    container.add_item(ui.ActionRow(*_buttons(settings, texts)))
    if notes:
        container.add_item(ui.Separator())
        container.add_item(ui.TextDisplay("\n".join(notes)))
    view.add_item(container)
    limits.check("the set-up", view.content_length(), limits.LAYOUT_TEXT_LENGTH)
    return view


def _introduction(texts: Texts) -> str:
    title = texts.say("Set me up for this server")
    told = texts.say(
        "What you choose holds at once. People ask me with {ask}, or by mentioning me. {settings} "
        "has more: whom I do not answer, limits, every time zone, and a channel in which every "
        "message is a question.",
        ask=texts.command("ask"),
        settings=texts.command("settings"),
    )
    return f"**{title}**\n{told}"


def _id_of(part: Part) -> str:
    return f"setup:{part}"


def _channels(settings: ServerSettings, texts: Texts) -> SetupItem:
    ids = sorted(settings.allowed_channel_ids)
    fits = len(ids) <= MOST_CHANNELS
    select: ui.ChannelSelect[Any] = ui.ChannelSelect(
        custom_id=_id_of("channels"),
        channel_types=_CHANNELS,
        placeholder=texts.say("all") if fits else texts.say("too many to show them here"),
        min_values=0,
        max_values=MOST_CHANNELS,
        default_values=_chosen(ids) if fits else (),
        disabled=not fits,
    )
    return SetupItem("channels", select)


def _publishers(
    settings: ServerSettings, publishers: Sequence[str], texts: Texts
) -> list[tuple[str, SetupItem]]:
    """Return the select of publishers and its title; nothing where there are none."""
    chosen = [name for name in sorted(settings.publishers) if _is_option(name)]
    names = list(dict.fromkeys((*chosen, *filter(_is_option, publishers))))[:MOST_PUBLISHERS]
    if not names:
        return []
    fits = len(settings.publishers) <= len(set(names) & settings.publishers)
    select: ui.Select[Any] = ui.Select(
        custom_id=_id_of("publishers"),
        options=[
            discord.SelectOption(
                label=" ".join(clean(name).split()) or "–", value=name, default=name in chosen
            )
            for name in names
        ],
        placeholder=texts.say("all") if fits else texts.say("too many to show them here"),
        min_values=0,
        max_values=len(names),
        disabled=not fits,
    )
    return [(texts.say("Publishers"), SetupItem("publishers", select))]


def _is_option(name: str) -> bool:
    return bool(name.strip()) and limits.length(name) <= limits.CHOICE_LENGTH


def _log(settings: ServerSettings, texts: Texts) -> SetupItem:
    chosen = [] if settings.log_channel_id is None else [settings.log_channel_id]
    select: ui.ChannelSelect[Any] = ui.ChannelSelect(
        custom_id=_id_of("log"),
        channel_types=_CHANNELS[:1],
        placeholder=texts.say("none"),
        min_values=0,
        default_values=_chosen(chosen),
    )
    return SetupItem("log", select)


def _chosen(ids: Iterable[int]) -> list[discord.SelectDefaultValue]:
    kind = discord.SelectDefaultValueType.channel
    return [discord.SelectDefaultValue(id=each, type=kind) for each in ids]


def _language(settings: ServerSettings, languages: Languages, texts: Texts) -> SetupItem:
    spoken = languages.find(settings.language) if settings.language else None
    options = [
        discord.SelectOption(
            label=texts.say("that of the server's Discord"),
            value=LANGUAGE_OF_DISCORD,
            default=spoken is None,
        ),
        *(
            discord.SelectOption(label=each.name, value=each.language, default=each is spoken)
            for each in languages.all()
        ),
    ]
    select: ui.Select[Any] = ui.Select(
        custom_id=_id_of("language"), options=options, placeholder=texts.say("Language")
    )
    return SetupItem("language", select)


def _zone(settings: ServerSettings, texts: Texts) -> SetupItem:
    current = settings.zone or ZONES[0]
    names = dict.fromkeys((current, *ZONES))
    options = [
        discord.SelectOption(label=name, value=name, default=name == current) for name in names
    ]
    select: ui.Select[Any] = ui.Select(
        custom_id=_id_of("zone"), options=options, placeholder=texts.say("Time zone")
    )
    return SetupItem("zone", select)


def _buttons(settings: ServerSettings, texts: Texts) -> tuple[SetupItem, ...]:
    label = (
        texts.say("Show answers to all")
        if settings.is_private
        else texts.say("Show answers to who asked alone")
    )
    private: ui.Button[Any] = ui.Button(label=label, custom_id=_id_of("private"))
    label = (
        texts.say("Answer messages in the channel")
        if settings.opens_threads
        else texts.say("Answer messages in threads")
    )
    threads: ui.Button[Any] = ui.Button(label=label, custom_id=_id_of("threads"))
    check: ui.Button[Any] = ui.Button(
        label=texts.say("Check this channel"), custom_id=_id_of("check")
    )
    return (
        SetupItem("private", private),
        SetupItem("threads", threads),
        SetupItem("check", check),
    )
