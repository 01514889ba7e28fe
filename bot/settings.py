"""Every setting, read once from a mapping and frozen. Imports no Discord; only app and cli read it.

The names are those of the environment: `DISCORD_TOKEN` and `DISCORD_TOKEN_FILE` as everywhere,
all others with `PULLQUOTE_` before them. A `.env` file in the working directory is read too; the
environment wins. A blank value is a value not set, as Docker Compose leaves them.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.secret_values import PORTAL, checked_token, secret_of
from bot.setting_values import (
    Contact,
    Directory,
    HostAndPort,
    Lower,
    SettingsError,
    host_and_port,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "PULLQUOTE_"


class Settings(BaseSettings):
    """The settings; a field's description says what it may be, for the one who got it wrong."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    discord_token: SecretStr | None = Field(None, alias="DISCORD_TOKEN")
    discord_token_file: Path | None = Field(None, alias="DISCORD_TOKEN_FILE")
    data_dir: Directory = Field(
        default_factory=lambda: user_data_path("pullquote", appauthor=False),
        alias="PULLQUOTE_DATA_DIR",
        description="a directory, existing or to be made",
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Lower] = Field(
        "info", alias="PULLQUOTE_LOG_LEVEL", description="debug, info, warning or error"
    )
    log_format: Annotated[Literal["auto", "console", "json"], Lower] = Field(
        "auto", alias="PULLQUOTE_LOG_FORMAT", description="auto, console or json"
    )
    log_questions: bool = Field(
        default=False, alias="PULLQUOTE_LOG_QUESTIONS", description="true or false"
    )
    cooldown_count: int = Field(
        5,
        alias="PULLQUOTE_COOLDOWN_COUNT",
        ge=1,
        le=1000,
        description="a whole number from 1 to 1000",
    )
    cooldown_seconds: float = Field(
        10.0,
        alias="PULLQUOTE_COOLDOWN_SECONDS",
        ge=0.1,
        le=3600,
        allow_inf_nan=False,
        description="a number of seconds from 0.1 to 3600",
    )
    refresh_seconds: float = Field(
        0.5,
        alias="PULLQUOTE_REFRESH_SECONDS",
        ge=0.1,
        le=3600,
        allow_inf_nan=False,
        description="a number of seconds from 0.1 to 3600",
    )
    kept_days: int = Field(
        30,
        alias="PULLQUOTE_KEPT_DAYS",
        ge=1,
        le=3650,
        description="a whole number of days from 1 to 3650",
    )
    message_content: Annotated[Literal["auto", "always", "never"], Lower] = Field(
        "auto", alias="PULLQUOTE_MESSAGE_CONTENT", description="auto, always or never"
    )
    left_days: int = Field(
        7,
        alias="PULLQUOTE_LEFT_DAYS",
        ge=0,
        le=3650,
        description="a whole number of days from 0 to 3650",
    )
    server_feeds: int = Field(
        10,
        alias="PULLQUOTE_SERVER_FEEDS",
        ge=0,
        le=1000,
        description="a whole number from 0 to 1000, 0 for none",
    )
    server_articles: int = Field(
        10_000,
        alias="PULLQUOTE_SERVER_ARTICLES",
        ge=0,
        le=10**9,
        description="a whole number from 0 to 1000000000, 0 for all",
    )
    poll: bool = Field(default=True, alias="PULLQUOTE_POLL", description="true or false")
    contact: Contact = Field(
        "",
        alias="PULLQUOTE_CONTACT",
        description="a mail or web address, such as desk@paper.example or https://paper.example",
    )
    poll_seconds: int = Field(
        900,
        alias="PULLQUOTE_POLL_SECONDS",
        ge=60,
        le=86400,
        description="a whole number of seconds from 60 to 86400",
    )
    allow_private_networks: bool = Field(
        default=False, alias="PULLQUOTE_ALLOW_PRIVATE_NETWORKS", description="true or false"
    )
    honour_nosnippet: bool = Field(
        default=True, alias="PULLQUOTE_HONOUR_NOSNIPPET", description="true or false"
    )
    keep_days: int = Field(
        0,
        alias="PULLQUOTE_KEEP_DAYS",
        ge=0,
        le=36500,
        description="a whole number of days from 0 to 36500, 0 for without end",
    )
    keep_articles: int = Field(
        0,
        alias="PULLQUOTE_KEEP_ARTICLES",
        ge=0,
        le=10**9,
        description="a whole number from 0 to 1000000000, 0 for all",
    )
    revision_days: int = Field(
        14,
        alias="PULLQUOTE_REVISION_DAYS",
        ge=0,
        le=36500,
        description="a whole number of days from 0 to 36500, 0 for without end",
    )

    health_address: HostAndPort = Field(
        "",
        alias="PULLQUOTE_HEALTH_ADDRESS",
        description="HOST:PORT with a port from 1 to 65535, such as 127.0.0.1:8787 or [::1]:8787",
    )

    sentry_dsn: SecretStr | None = Field(None, alias="PULLQUOTE_SENTRY_DSN")
    sentry_dsn_file: Path | None = Field(None, alias="PULLQUOTE_SENTRY_DSN_FILE")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take nothing but the mapping that `read` was given."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)

    @classmethod
    def read(
        cls, environment: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")
    ) -> Self:
        """Read the environment (the process's own, if not given) over the file, where there is one.

        Raises SettingsError with a sentence for each variable that is wrong or unknown.
        """
        file_values = _read_env_file(cls, env_file) if env_file else {}
        merged = {**file_values, **(os.environ if environment is None else environment)}
        values = {name: value.strip() for name, value in merged.items() if value.strip()}
        problems = [_unknown(cls, name) for name in sorted(values) if _is_unknown(cls, name)]
        try:
            settings = cls.model_validate(values)
        except ValidationError as error:
            problems += [_wrong(cls, str(found["loc"][0]), values) for found in error.errors()]
        if problems:
            raise SettingsError("\n".join(problems))
        return settings

    def feeds_per_server(self) -> int:
        """Return how many feeds each server may add.

        Where feeds may be in private networks, it has to be set: those who run a server could name
        machines there, whose owner may not have thought of them.
        """
        is_set = "server_feeds" in self.model_fields_set
        return self.server_feeds if is_set or not self.allow_private_networks else 0

    def health(self) -> tuple[str, int] | None:
        """Return the host and port where health is told, None for nowhere."""
        return host_and_port(self.health_address)

    def dsn(self) -> str | None:
        """Return the address of the Sentry that errors are told to, None for nobody.

        From the variable or the file. Raises SettingsError.
        """
        found = secret_of("PULLQUOTE_SENTRY_DSN", self.sentry_dsn, self.sentry_dsn_file)
        return (found and found[0]) or None

    def token(self) -> str:
        """Return the bot's token, from the variable or the file. Raises SettingsError."""
        found = secret_of("DISCORD_TOKEN", self.discord_token, self.discord_token_file)
        if found is None:
            raise SettingsError(
                "There is no Discord token; set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file "
                f"that holds it. A bot's token is on its Bot page at {PORTAL}."
            )
        return checked_token(*found)


def names(settings: type[Settings] = Settings) -> list[str]:
    """Return the names of all variables that are read."""
    return [str(field.alias) for field in settings.model_fields.values()]


def _read_env_file(settings: type[Settings], path: Path) -> dict[str, str]:
    try:
        source = DotEnvSettingsSource(settings, env_file=path, case_sensitive=True)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} cannot be read ({error}); make it a UTF-8 text file of NAME=value lines."
        ) from error
    return {name: value for name, value in source.env_vars.items() if value is not None}


def _is_unknown(settings: type[Settings], name: str) -> bool:
    return name.startswith(PREFIX) and name not in names(settings)


def _unknown(settings: type[Settings], name: str) -> str:
    ours = [known.removeprefix(PREFIX) for known in names(settings) if known.startswith(PREFIX)]
    near = difflib.get_close_matches(name.removeprefix(PREFIX), ours, n=1)
    advice = f"did you mean {PREFIX}{near[0]}?" if near else "remove it, or see .env.example."
    return f"{name} is not a setting of Pullquote; {advice}"


def _wrong(settings: type[Settings], name: str, values: Mapping[str, str]) -> str:
    field = next(field for field in settings.model_fields.values() if field.alias == name)
    return f"{name} is {values[name]!r}; it must be {field.description}."
