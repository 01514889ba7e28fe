"""No text reaches people on Discord but through the catalogue.

Every string literal with two letters in a row, in what speaks on Discord, is said by it, is in a
place where nobody sees it, or is named here with the reason why nobody has to translate it.
"""

from __future__ import annotations

import ast
import re
from itertools import chain
from typing import TYPE_CHECKING, get_args

import pytest

from bot.views.setup import ZONES, Part
from tests.unit.bot.texts.written import called, modules, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

IN_A_TERMINAL = {
    "bot/views/terminal.py",
    "bot/views/terminal_counts.py",
    "bot/views/feeds_in_terminal.py",
    "bot/views/feeds_as_json.py",
    "bot/views/machine.py",
    "bot/views/privacy_as_json.py",
}
TO_OPERATORS = {
    "bot/client/connecting.py": "why there is no connection to Discord",
    "bot/client/inviting.py": "`pullquote invite` and `pullquote doctor`",
    "bot/client/endings.py": "the same, in the log or at the end of `pullquote run`",
    "bot/commands/outcomes.py": "a line of the log",
}
UNSEEN_CALLS = {
    **dict.fromkeys(("say", "saying", "say_counted", "saying_counted"), "the catalogue itself"),
    **dict.fromkeys(("cast", "TypeVar", "compile", "fullmatch"), "types and patterns"),
    **dict.fromkeys(("encode", "decode"), "names of encodings"),
    **dict.fromkeys(("get", "setdefault", "pop", "getattr"), "keys"),
    "DisconnectedError": "the log",
    **dict.fromkeys(("ValueError", "check"), "mistakes of ours, which only the log gets to see"),
    **dict.fromkeys(("Outcome", "press", "record"), "what the log calls a command, and its end"),
    "MissingPermissions": "Discord's name of a permission; `failures` says it",
    "command": "discord.py hands it to the translator, or it is a command's name",
    "describe": "discord.py hands it to the translator",
    "rename": "discord.py hands it to the translator",
    "Group": "discord.py hands it to the translator",
    "ContextMenu": "discord.py hands it to the translator",
    "locale_str": "discord.py hands it to the translator",
    "autocomplete": "the name of an option",
}
UNSEEN = {
    ("bot/commands/alert_options.py", "UTC"): "the name of a time zone",
    ("bot/commands/conversation.py", "usage"): "what the log calls the outcome",
    ("bot/commands/conversation.py", "view"): "the name of a parameter",
    **{
        ("bot/commands/deeds.py", deed): "part of a custom_id"
        for deed in ("more", "meant", "anytime")
    },
    ("bot/commands/failures.py", "manage_guild"): "Discord's name of a permission",
    ("bot/commands/hearing.py", "direct message"): "what the log calls the route",
    ("bot/commands/hearing.py", "mention"): "what the log calls the route",
    ("bot/commands/hearing.py", "channel"): "what the log calls the route",
    ("bot/commands/hearing.py", "Send Messages"): "a permission, in the log",
    ("bot/commands/hearing.py", "Send Messages in Threads"): "a permission, in the log",
    **{
        ("bot/commands/more.py", standing): "what has become of a quote, which a view says"
        for standing in ("there", "gone", "withdrawn", "revised")
    },
    ("bot/commands/latest.py", "latest"): "the beginning of a custom_id",
    ("bot/commands/sources.py", "sources"): "the beginning of a custom_id",
    ("bot/commands/message_content.py", "auto"): "the name of a policy",
    ("bot/commands/replying.py", "answered"): "what the log calls the outcome",
    ("bot/commands/replying.py", "abstained"): "what the log calls the outcome",
    ("bot/commands/search.py", "2026-03-04, yesterday, 3 days ago, 2w"): "part of a description",
    ("bot/commands/translating.py", "option name"): "a context of the catalogue",
    ("bot/commands/translating.py", "choice"): "a context of the catalogue",
    ("bot/commands/translating.py", "description"): "a context of the catalogue",
    ("bot/commands/tree.py", "unknown command"): "what the log calls it",
    ("bot/commands/words/arguments.py", "<http"): "the beginning of an address",
    **{
        ("bot/commands/words/delivering.py", name): "the name of a parameter"
        for name in ("content", "view", "files")
    },
    **{
        ("bot/commands/words/examples.py", written): "the name of an option, or one of its values"
        for written in (
            *("since", "until", "at", "quiet-from", "quiet-until", "zone", "address"),
            *("allow", "disallow", "CNN"),
            *("question", "query", "topic", "headline", "command", "feed"),
            *("Europe/Berlin", "https://paper.example"),
        )
    },
    ("bot/commands/words/options.py", "publisher"): "the name of an option",
    ("bot/commands/words/options.py", "question"): "the name of an option",
    ("bot/commands/words/options.py", "Day"): "the name of a choice",
    ("bot/commands/words/plain_words.py", "unknown command"): "what the log calls it",
    ("bot/commands/words/values.py", "since"): "the name of an option",
    ("bot/commands/words/values.py", "until"): "the name of an option",
    ("bot/commands/words/vocabulary.py", "ask"): "the name of a command",
    ("bot/commands/words/vocabulary.py", "search"): "the name of a command",
    ("bot/commands/words/vocabulary.py", "help"): "the name of a command",
    ("bot/commands/words/written.py", "outcome"): "a key",
    (
        "bot/views/answer_buttons.py",
        (
            "(?P<deed>context|newer|older|more|meant|anytime|why|alert|helpful|unhelpful|follow)"
            ":(?P<question_id>[A-Za-z0-9_-]{1,64})"
        ),
    ): "a pattern",
    ("bot/views/answer_buttons.py", "helpful"): "part of a custom_id",
    ("bot/views/answer_buttons.py", "unhelpful"): "part of a custom_id",
    ("bot/views/answer_buttons.py", "follow"): "part of a custom_id",
    ("bot/views/cancel_button.py", "cancel:(?P<job>[A-Za-z0-9_-]{1,64})"): "a pattern",
    ("bot/views/cancel_button.py", "cancel:"): "the beginning of a custom_id",
    ("bot/views/follow_up_form.py", "question"): "the custom_id of a field",
    ("bot/views/follow_up_form.py", "follow-up:"): "the beginning of a custom_id",
    ("bot/views/forget_button.py", "forget:(?P<user_id>[0-9]{1,20})"): "a pattern",
    ("bot/views/forget_button.py", "forget:"): "the beginning of a custom_id",
    ("bot/views/paging.py", "search"): "the beginning of a custom_id",
    ("bot/views/paging.py", ":newest"): "the end of a custom_id",
    (
        "bot/views/paging.py",
        (
            "(?P<kind>search|latest|sources):(?P<search_id>[A-Za-z0-9_-]{1,64})"
            ":(?P<page>[0-9]{1,6})(?P<newest>:newest)?"
        ),
    ): "a pattern",
    ("bot/views/settings.py", "UTC"): "a name",
    (
        "bot/views/setup.py",
        "setup:(?P<part>channels|publishers|log|language|zone|private|threads|check)",
    ): "a pattern",
    **{
        ("bot/commands/setup.py", name): "the name of a part, or of a setting"
        for name in (
            "channels",
            "publishers",
            "log",
            "zone",
            "allowed_channel_ids",
            "log_channel_id",
        )
    },
    **{
        ("bot/views/setup.py", name): "the name of a time zone, or of a part"
        for name in (*ZONES, "setup:", "discord", *get_args(Part))
    },
    ("bot/views/status.py", "-# Pullquote "): "a name",
    ("bot/views/why.py", ", by the sum of"): "cut off before the rest is said",
}
_LETTERS = re.compile(r"[^\W\d_]{2}")


def speaking() -> list[Path]:
    every = modules("bot/views", "bot/commands", "bot/client")
    return [path for path in every if name_of(path) not in IN_A_TERMINAL | TO_OPERATORS.keys()]


def unseen_parts(node: ast.AST) -> Iterator[ast.AST]:
    """What of a node nobody sees by its very place."""
    match node:
        case ast.Expr(value=ast.Constant() as docstring):
            yield docstring
        case ast.Call() if called(node) in UNSEEN_CALLS or ast.unparse(node.func).startswith(
            "_log."
        ):
            yield from node.args
            yield from (each.value for each in node.keywords)
        case ast.Compare():
            yield from (node.left, *node.comparators)
        case ast.Subscript():
            yield node.slice
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            yield node.value
        case ast.ClassDef() if any(ast.unparse(base).endswith("Enum") for base in node.bases):
            yield from node.body


def literals(source: str) -> list[str]:
    """The literals of a module that somebody might see."""
    tree = ast.parse(source)
    hidden = chain.from_iterable(map(unseen_parts, ast.walk(tree)))
    unseen = {id(part) for each in hidden for part in ast.walk(each)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in unseen and _LETTERS.search(node.value)
    ]


@pytest.mark.parametrize("path", speaking(), ids=name_of)
def test_what_people_see_is_said_by_the_catalogue(path: Path):
    found = literals(path.read_text(encoding="utf-8"))
    assert [text for text in found if (name_of(path), text) not in UNSEEN] == []


def test_what_is_named_here_is_still_there():
    found = {
        (name_of(path), text) for path in speaking() for text in literals(path.read_text("utf-8"))
    }
    assert UNSEEN.keys() - found == set()
    names = {name_of(path) for path in modules("bot")}
    assert (IN_A_TERMINAL | TO_OPERATORS.keys()) - names == set()


@pytest.mark.parametrize(
    "line",
    [
        'title = "Feeds"',
        'title = name or "untitled"',
        'text = f"{count} more"',
        'Button(label="Next")',
        'send("That is wrong.")',
        'raise RefusedError("No.")',
        'choice = Choice(name="hourly", value=1)',
    ],
)
def test_what_bypasses_the_catalogue_is_found(line: str):
    assert literals(line)


@pytest.mark.parametrize(
    "line",
    [
        'texts.say("Feeds in {place}", place=place)',
        '_log.info("not sent", reason=reason)',
        'if kind == "feed": pass',
        'place = names["feed"]',
        'raise ValueError("a quote is longer than a message")',
        'text = f"**{title}** · {date}"',
        '"""What this module is."""',
    ],
)
def test_what_nobody_sees_is_not_found(line: str):
    assert literals(line) == []
