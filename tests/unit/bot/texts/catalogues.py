"""The files of translations, read and written anew."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from tests.unit.bot.texts.written import ROOT, Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.unit.bot.texts.written import Said

FOLDER = ROOT / "bot" / "texts"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.po"))


def path_of(language: str) -> Path:
    return FOLDER / f"{language}.po"


def translated(language: str) -> dict[Key, tuple[str, ...]]:
    """The translations of each text, one a plural form."""
    found = {}
    for message in _read(language):
        if message.id:
            text, *plural = (message.id,) if isinstance(message.id, str) else message.id
            forms = (message.string,) if isinstance(message.string, str) else message.string
            key = Key(text, *plural, context=message.context)
            found[key] = () if message.fuzzy else tuple(forms)
    return found


def _read(language: str) -> Catalog:
    with path_of(language).open("rb") as stream:
        return read_po(stream, language.replace("-", "_"))


def write(language: str, every: Iterable[Said]) -> None:
    """Write a file anew: texts that are new without a translation, and none that are gone."""
    path_of(language).write_bytes(_updated(_read(language), every))


def _updated(catalog: Catalog, every: Iterable[Said]) -> bytes:
    template = Catalog(header_comment="", fuzzy=False)
    for each in sorted(every, key=lambda said: (said.file, said.key.context or "")):
        text = each.key.text if each.key.plural is None else each.key.forms
        template.add(text, locations=[(each.file, 0)], context=each.key.context)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    out = BytesIO()
    for message in catalog:
        # a percent sign is no format here
        message.flags.discard("python-format")
    write_po(out, catalog, width=100, ignore_obsolete=True, omit_header=True, include_lineno=False)
    return _header(catalog) + out.getvalue()


def _header(catalog: Catalog) -> bytes:
    """Only what gettext needs: no dates, which would change with every writing."""
    wanted = ("Language", "Content-Type", "Plural-Forms")
    fields = dict(catalog.mime_headers)
    lines = ('msgid ""', 'msgstr ""', *(f'"{name}: {fields[name]}\\n"' for name in wanted))
    return ("\n".join(lines) + "\n\n").encode()


def lines(language: str) -> Iterator[str]:
    yield from path_of(language).read_text(encoding="utf-8").splitlines()
