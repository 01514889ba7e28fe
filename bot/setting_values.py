"""What values of settings are understood, for whatever reads them. Knows no setting by its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from index.errors import PullquoteError

_CONTACT = re.compile(r"[!#-'*-;=?-\[\]-~]{3,200}")
_HOST_AND_PORT = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([0-9A-Za-z.-]+)):(\d{1,5})", re.ASCII)
_HIGHEST_PORT = 65535


class SettingsError(PullquoteError):
    """Something in the environment or in `.env` cannot be used; the text names all of it."""


def expanded(path: Path) -> Path:
    """Return a path with the home directory for ~. Raises ValueError for nobody's."""
    try:
        return path.expanduser()
    except RuntimeError as error:  # ~somebody, who is not known here
        raise ValueError(str(error)) from error


def host_and_port(text: str) -> tuple[str, int] | None:
    """Return the host, without brackets, and the port; None where it is no such thing."""
    found = _HOST_AND_PORT.fullmatch(text)
    if found is None or not 1 <= int(found[3]) <= _HIGHEST_PORT:
        return None
    return found[1] or found[2], int(found[3])


def _existing_or_new_directory(path: Path) -> Path:
    path = expanded(path)
    if path.exists() and not path.is_dir():
        raise ValueError("not a directory")
    return path


def _address_of_a_person(text: str) -> str:
    # it goes into a header, where brackets and what is no ASCII would have a meaning or none
    if text and not (_CONTACT.fullmatch(text) and ("@" in text or "://" in text)):
        raise ValueError("not an address")
    return text


def _host_and_port_or_blank(text: str) -> str:
    if text and host_and_port(text) is None:
        raise ValueError("no host and port")
    return text


Lower = BeforeValidator(str.lower)
Directory = Annotated[Path, AfterValidator(_existing_or_new_directory)]
Contact = Annotated[str, AfterValidator(_address_of_a_person)]
HostAndPort = Annotated[str, AfterValidator(_host_and_port_or_blank)]
