"""docs/commands.md has every command that the bot registers, as it is registered."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from discord import app_commands

from bot.commands.catalogue import Parts, commands
from tests.unit.documents import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.commands.catalogue import AnyCommand

PAGE = text_of("docs/commands.md")
FOR_ANYBODY = "Who may: anybody.\n"
FOR_MANAGERS = "Who may: whoever has *Manage Server*.\n"


def registered() -> Iterator[tuple[str, AnyCommand]]:
    """All that can be sent, by the page's headings: a group by what is in it."""
    # a command only keeps what it is made from, so nothing needs to work here
    nothing = cast("Any", SimpleNamespace(searches=None, questions=None))
    parts = Parts(nothing, nothing, nothing, nothing, nothing, nothing, "", nothing, nothing)
    for each in commands(parts, nothing, nothing, nothing):
        if isinstance(each, app_commands.ContextMenu):
            yield f"*{each.name}*", each
        elif isinstance(each, app_commands.Group):
            yield from ((f"`/{leaf.qualified_name}`", leaf) for leaf in each.walk_commands())
        else:
            yield f"`/{each.name}`", each


COMMANDS = dict(registered())
# a group's own heading, above those of its commands
GROUPS = {f"`/{each.parent.name}`" for each in COMMANDS.values() if getattr(each, "parent", None)}
SECTIONS = dict(re.findall(r"^###? ([`*].+)\n((?:(?!#).*\n)*)", PAGE, re.MULTILINE))


def options_of(command: AnyCommand) -> set[str]:
    if isinstance(command, app_commands.ContextMenu):
        return set()
    assert isinstance(command, app_commands.Command)
    return {each.display_name for each in command.parameters}


def is_for_managers(command: AnyCommand) -> bool:
    # what a group asks for holds for all that is in it
    asking = getattr(command, "parent", None) or command
    permissions = asking.default_permissions
    return permissions is not None and permissions.manage_guild


def test_every_command_is_on_the_page_and_no_other():
    assert set(SECTIONS) - GROUPS == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained_and_no_other(name: str):
    rows = re.findall(r"^\| ((?:`[\w-]+` ?)+) \|", SECTIONS[name], re.MULTILINE)
    named = [option for row in rows for option in re.findall(r"`([\w-]+)`", row)]
    assert sorted(named) == sorted(options_of(COMMANDS[name]))


@pytest.mark.parametrize("name", COMMANDS)
def test_it_says_who_may_as_the_command_does(name: str):
    manages = is_for_managers(COMMANDS[name])
    assert (FOR_MANAGERS if manages else FOR_ANYBODY) in SECTIONS[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_picture(name: str):
    assert re.search(r"^!\[.{10,}\]\(screenshots/[\w-]+\.webp\)$", SECTIONS[name], re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_typed_has_the_names_of_options(name: str):
    for typed in re.findall(r"^For example: `/(.+)`$", SECTIONS[name], re.MULTILINE):
        assert typed.startswith(f"{name.strip('`/')} ")
        assert set(re.findall(r"([\w-]+): ", typed)) <= options_of(COMMANDS[name])


def test_every_heading_that_is_linked_is_there():
    headings = re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= anchors
