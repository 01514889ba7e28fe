"""Commands in a person's language: what their client shows, beside the names that are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.sandbox.wire import Payload

UNTRANSLATED = "en-US"


def languages(commands: Iterable[Payload]) -> list[str]:
    """Return the languages that the commands are registered in, the untranslated one first."""
    known = {language for each in commands for language in each.get("name_localizations") or ()}
    return [UNTRANSLATED, *sorted(known - {UNTRANSLATED})]


def localised(named: Payload, language: str) -> Payload:
    """Return a command, option or choice with its `label` and description in a language.

    What it holds is localised, too; its `name` stays what is sent.
    """
    translated = {
        "label": (named.get("name_localizations") or {}).get(language) or named["name"],
        "description": (named.get("description_localizations") or {}).get(language)
        or named.get("description", ""),
    }
    for held in ("options", "choices"):
        if named.get(held):
            translated[held] = [localised(each, language) for each in named[held]]
    return named | translated
