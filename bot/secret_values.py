"""Secrets among the settings: each in a variable, or in the file that another variable names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.setting_values import SettingsError, expanded

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import SecretStr

PORTAL = "https://discord.com/developers/applications"
_TOKEN = re.compile(r"[\w-]{18,}\.[\w-]{4,}\.[\w-]{18,}")


def secret_of(name: str, value: SecretStr | None, file: Path | None) -> tuple[str, str] | None:
    """Return a secret and the name of the variable that it is from; None where neither is set.

    `name` is that of `value`; the file's has `_FILE` behind it. Raises SettingsError.
    """
    if value and file:
        raise SettingsError(f"Both {name} and {name}_FILE are set; remove one of them.")
    if file:
        return _read(file, f"{name}_FILE"), f"{name}_FILE"
    return (value.get_secret_value(), name) if value else None


def checked_token(token: str, name: str) -> str:
    """Return what can be a bot's token. Raises SettingsError."""
    if not token:
        raise SettingsError(
            f"{name} names an empty file; put the bot's token into it, from {PORTAL}."
        )
    if not re.fullmatch(r"[!#-&(-~]+", token):  # ASCII that can be seen, without quotation marks
        raise SettingsError(
            f"{name} holds more than a token: white space, quotation marks or letters that no "
            f"token has; copy the token again from {PORTAL}."
        )
    return token


def _read(path: Path, name: str) -> str:
    try:
        return expanded(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        if _TOKEN.fullmatch(str(path)):
            raise SettingsError(
                "DISCORD_TOKEN_FILE holds no path; a token itself belongs into DISCORD_TOKEN."
            ) from None
        reason = error.strerror if isinstance(error, OSError) else error
        raise SettingsError(
            f"{name} names {path}, which cannot be read ({reason}); "
            "check the path and its permissions."
        ) from error
