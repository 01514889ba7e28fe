"""Knows again what lower layers said in English, and says it in another language.

`index` and `bot.answering` speak English, to a terminal and to a log as well, and know nothing of
languages; some of what they say is in the database. A text that one of the templates matches is
taken apart and said anew. The names of placeholders tell what stands there:

    {count} {…_count}   a whole number
    {…_day}             a day, `Tuesday, 17 November 2026`
    {value}             a number with digits behind the point
    {measure}           another text, which must be known
    {inner}             another text, which stays as it is where it is unknown
    anything else       words that stay as they are
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.texts.from_below import TEMPLATES
from bot.texts.measures import measure_templates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.texts.texts import Texts

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NUMBER = r"[0-9][0-9,]*"
_DECIMAL = r"[+-]?[0-9][0-9,]*\.[0-9]+"
_DAY = r"[A-Z][a-z]+, [0-9]{1,2} [A-Z][a-z]+ [0-9]{1,4}"


@dataclass(frozen=True, slots=True)
class _Template:
    """An English text, and what a text looks like that was made from it."""

    text: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Templates: those without placeholders by their text, the others in the order to try them."""

    _whole: frozenset[str]
    _templates: tuple[_Template, ...]

    @classmethod
    def of_all(cls) -> Recogniser:
        """Know all that lower layers say."""
        return cls.of((*TEMPLATES, *measure_templates()))

    @classmethod
    def of(cls, texts: Iterable[str]) -> Recogniser:
        """Know some texts; where two match, the one with more words of its own is taken."""
        every = list(dict.fromkeys(texts))
        with_placeholders = [text for text in every if _PLACEHOLDER.search(text)]
        with_placeholders.sort(key=lambda text: -len(_PLACEHOLDER.sub("", text)))
        return cls(
            frozenset(every) - frozenset(with_placeholders),
            tuple(_Template(text, _pattern(text)) for text in with_placeholders),
        )

    def retold(self, text: str, texts: Texts) -> str:
        """Say a text in a language, as it is where no template matches."""
        said = self._said(text, texts)
        return text if said is None else said

    def knows(self, text: str, texts: Texts) -> bool:
        """Whether a text was made from one of the templates."""
        return self._said(text, texts) is not None

    def _said(self, text: str, texts: Texts) -> str | None:
        if text in self._whole:
            return texts.say(text)
        for template in self._templates:
            found = template.pattern.fullmatch(text)
            values = self._values(found.groupdict(), texts) if found else None
            if values is not None:
                return texts.say(template.text, **values)
        return None

    def _values(self, found: Mapping[str, str], texts: Texts) -> dict[str, str] | None:
        """Return what was found as this language shows it, None where it should be known."""
        values = {}
        for name, value in found.items():
            shown = self._value(name, value, texts)
            if shown is None:
                return None
            values[name] = shown
        return values

    def _value(self, name: str, value: str, texts: Texts) -> str | None:
        if name == "measure":
            return self._said(value, texts)
        if name == "inner":
            return self.retold(value, texts)
        if _is_count(name):
            return texts.formats.number(int(value.replace(",", "")))
        if name.endswith("_day"):
            return _weekday(value, texts)
        if name == "value":
            digits = len(value.partition(".")[2])
            return texts.formats.decimal(float(value.replace(",", "")), digits)
        return value


def _weekday(written: str, texts: Texts) -> str | None:
    try:
        day = datetime.strptime(written, "%A, %d %B %Y").date()  # noqa: DTZ007 (a mere day)
    except ValueError:
        return None
    return texts.formats.weekday(day)


def _pattern(text: str) -> re.Pattern[str]:
    # fixed text and names take turns
    parts = _PLACEHOLDER.split(text)
    pieces = [re.escape(part) for part in parts]
    for place in range(1, len(parts), 2):
        name = parts[place]
        is_again = name in parts[1:place:2]
        pieces[place] = f"(?P={name})" if is_again else f"(?P<{name}>{_form(name)})"
    return re.compile("".join(pieces), re.DOTALL)


def _form(name: str) -> str:
    if _is_count(name):
        return _NUMBER
    if name.endswith("_day"):
        return _DAY
    return _DECIMAL if name == "value" else ".+"


def _is_count(name: str) -> bool:
    return name == "count" or name.endswith("_count")
