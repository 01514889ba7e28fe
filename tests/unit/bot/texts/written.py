"""Every text there is to translate, found where it is written."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import discord
from discord import app_commands

from bot.commands.catalogue import Parts, commands
from bot.commands.translating import CONTEXTS
from bot.commands.words.helping import help_command
from bot.texts.from_below import TEMPLATES
from bot.texts.measures import measure_templates

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[4]
SPEAKING = ("bot/views", "bot/commands", "bot/client", "bot/texts")
_SAYING = {"say": 1, "saying": 1, "say_counted": 2, "saying_counted": 2}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class Key(NamedTuple):
    """What tells one text of the catalogue from all others."""

    text: str
    plural: str | None = None
    context: str | None = None

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.text,) if self.plural is None else (self.text, self.plural)


@dataclass(frozen=True)
class Said:
    """A text, where it stands, and the names of what is put into it where that is known."""

    key: Key
    file: str
    values: frozenset[str] | None = None


def placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def called(node: ast.Call) -> str:
    function = node.func
    return getattr(function, "attr", None) or getattr(function, "id", "")


def literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls_in(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and called(node) in _SAYING:
            yield node


def said_in(path: Path) -> Iterator[Said]:
    for node in calls_in(path):
        count = _SAYING[called(node)]
        texts = [literal(each) for each in node.args]
        if len(texts) == count and all(texts):
            values = frozenset(each.arg or "**" for each in node.keywords)
            yield Said(Key(*cast("list[str]", texts)), name_of(path), values)


def said() -> list[Said]:
    """What the code says."""
    return [each for path in modules(*SPEAKING) for each in said_in(path)]


def said_below() -> list[Said]:
    """What lower layers say."""
    found = [Said(Key(text), "bot/texts/from_below.py") for text in TEMPLATES]
    return found + [Said(Key(text), "bot/texts/measures.py") for text in measure_templates()]


class Recording(app_commands.Translator):
    """Translates nothing, and keeps what it was asked for."""

    def __init__(self) -> None:
        self.asked: dict[Key, None] = {}

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContext[Any, Any],
    ) -> None:
        del locale
        self.asked[Key(string.message, context=CONTEXTS[context.location])] = None


def every_command() -> list[Any]:
    # a command only keeps what it is made from, so nothing needs to work here
    nothing = cast("Any", SimpleNamespace(searches=None, questions=None))
    parts = Parts(nothing, nothing, nothing, nothing, nothing, nothing, "", nothing, nothing)
    return [*commands(parts, nothing, nothing, nothing), help_command(nothing, nothing)]


async def payloads(translator: app_commands.Translator) -> list[dict[str, Any]]:
    """What Discord is told of the commands."""
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    return [await each.get_translated_payload(tree, translator) for each in every_command()]


async def said_of_commands() -> list[Said]:
    """Names, descriptions and choices."""
    recording = Recording()
    await payloads(recording)
    return [Said(key, "bot/commands") for key in recording.asked]
