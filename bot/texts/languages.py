"""The languages there are, and which of them somebody gets."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from bot.texts.formats import Formats
from bot.texts.recognising import Recogniser
from bot.texts.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from babel.messages import Catalog


def english() -> Texts:
    """Return the language that texts are written in; dates are written `3 March 2026`."""
    return Texts("en", Formats("en_GB"), NullTranslations())


@dataclass(frozen=True, slots=True)
class Languages:
    """Every language by the beginning of its Discord locale: `de`, or `pt-BR`."""

    english: Texts
    _others: Mapping[str, Texts]

    @classmethod
    def shipped(cls) -> Languages:
        """Read those that come with the program: English, and one of each `.po` beside this.

        They are compiled here, in memory: a fifth of a second with all that loads for it, and no
        compiled file that could be older than its source.
        """
        from babel.messages.pofile import read_po

        others, recogniser = {}, Recogniser.of_all()
        for file in files("bot.texts").iterdir():
            if file.name.endswith(".po"):
                language = file.name.removesuffix(".po")
                with file.open("rb") as stream:
                    catalog = read_po(stream, language.replace("-", "_"))
                others[language] = texts_of(catalog, recogniser)
        return cls(english(), others)

    def all(self) -> list[Texts]:
        """Return every language, English first, then by locale."""
        return [self.english, *(self._others[locale] for locale in sorted(self._others))]

    def find(self, locale: str) -> Texts | None:
        """Return the language of a Discord locale (`de`, `en-US`), None where there is none."""
        language = locale.partition("-")[0]
        if language == self.english.language:
            return self.english
        return self._others.get(locale) or self._others.get(language)

    def best(self, *locales: str | None) -> Texts:
        """Return the language of the first locale that has one; English where none has."""
        found = (self.find(locale) for locale in locales if locale)
        return next((texts for texts in found if texts is not None), self.english)


def texts_of(catalog: Catalog, recogniser: Recogniser) -> Texts:
    """Return the language of a catalogue that knows its locale."""
    from babel.messages.mofile import write_mo

    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    translations = GNUTranslations(compiled)
    locale = str(catalog.locale)
    return Texts(locale.replace("_", "-"), Formats(locale), translations, recogniser)
