"""One language: says texts, and writes numbers and dates.

A text is written in English where it is said, as a literal, with `{names}` for what goes into it:

    texts.say("Nothing matches {words}.", words=words)
    texts.say_counted("{count} article", "{count} articles", count=7)

Whole numbers are written as the language writes them; whatever else goes in is a string that is
ready to be shown. Tests find each of these texts and hold every language to have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.texts.saying import Saying, Value, saying, saying_counted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from gettext import NullTranslations

    from bot.texts.formats import Formats
    from bot.texts.recognising import Recogniser

COMMAND_NAME = "command name"


@dataclass(frozen=True, slots=True)
class Texts:
    """All that is said in `language` (`de`); numbers and dates are written by `formats`."""

    language: str
    formats: Formats
    _translations: NullTranslations
    _recogniser: Recogniser | None = None

    @property
    def name(self) -> str:
        """What the language calls itself: `Deutsch`."""
        return self.formats.language_name()

    def say(self, text: str, /, **values: Value) -> str:
        """Say an English text in this language. Raises KeyError for a value that is missing."""
        return self.tell(saying(text, **values))

    def say_counted(self, one: str, other: str, /, *, count: int, **values: Value) -> str:
        """Say the form that `count` takes in this language; `{count}` in it is the number."""
        return self.tell(saying_counted(one, other, count=count, **values))

    def tell(self, said: Saying) -> str:
        """Say what was written without knowing the language."""
        if said.plural is None:
            text = self._translations.gettext(said.text)
        else:
            text = self._translations.ngettext(said.text, said.plural, said.count)
        return text.format_map({name: self._shown(value) for name, value in said.values.items()})

    def retold(self, text: str) -> str:
        """Say what `index` or `bot.answering` said in English; as it is where it is unknown.

        What they quote of a question or an article in it stays as it was.
        """
        return text if self._recogniser is None else self._recogniser.retold(text, self)

    def either(self, words: Iterable[str]) -> str:
        """Join words by this language's "or"."""
        joint = self.say("or")
        return f" {joint} ".join(words)

    def command(self, name: str) -> str:
        """Return how this language's people type a command: `/ask`, `/alerts add`."""
        return f"/{' '.join(self.localised(word, COMMAND_NAME) for word in name.split())}"

    def localised(self, text: str, context: str) -> str:
        """Return the name or the description of a part of a command, which `context` names."""
        return self._translations.pgettext(context, text)

    def _shown(self, value: Value) -> str:
        return self.formats.number(value) if isinstance(value, int) else value
