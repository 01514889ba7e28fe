"""Settings read again while the bot runs: what can change at once does, the rest is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.setting_values import SettingsError
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

_log = structlog.stdlib.get_logger(__name__)

RELOADED = frozenset(
    {"log_level", "log_format", "log_questions", "cooldown_count", "cooldown_seconds"}
)


class Reloading:
    """Holds the settings in force, and hands newer ones to `apply`."""

    def __init__(
        self,
        settings: Settings,
        apply: Callable[[Settings], None],
        read: Callable[[], Settings] = Settings.read,
    ):
        self._settings = settings
        self._apply = apply
        self._read = read

    def reload(self) -> None:
        """Read the environment and `.env` again. Where anything is wrong, nothing changes."""
        try:
            fresh = self._read()
        except SettingsError as error:
            _log.error("settings not reloaded", reason=str(error))
            return
        changed = changed_names(self._settings, fresh)
        self._settings = self._settings.model_copy(
            update={name: getattr(fresh, name) for name in RELOADED}
        )
        self._apply(self._settings)
        _log.info("settings reloaded", changed=variables(changed & RELOADED))
        if changed - RELOADED:
            _log.warning(
                "these settings change at the next start", settings=variables(changed - RELOADED)
            )


def changed_names(before: Settings, after: Settings) -> set[str]:
    """Return the fields that differ."""
    names = type(before).model_fields
    return {name for name in names if getattr(before, name) != getattr(after, name)}


def variables(fields: set[str]) -> list[str]:
    """Return the names that people set, sorted; values are nobody's business in a log."""
    return sorted(str(Settings.model_fields[name].alias) for name in fields)
