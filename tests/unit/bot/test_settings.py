from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.setting_values import SettingsError
from bot.settings import Settings, names

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLE = Path(__file__).parents[3] / ".env.example"
ASSIGNMENT = re.compile(r"^#?([A-Z_]+)=(.*)$", re.MULTILINE)


def read(environment: Mapping[str, str], env_file: Path | None = None) -> Settings:
    return Settings.read(environment, env_file)


def problems(environment: Mapping[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        read(environment)
    return str(raised.value).split("\n")


def test_nothing_set_gives_the_defaults():
    settings = read({})
    assert settings.cooldown_count == 5
    assert settings.log_level == "info"
    assert settings.data_dir.name == "pullquote"


def test_servers_may_not_add_feeds_of_private_networks_unless_somebody_thought_of_it():
    private = {"PULLQUOTE_ALLOW_PRIVATE_NETWORKS": "true"}
    assert read({}).feeds_per_server() == 10
    assert read(private).feeds_per_server() == 0
    assert read({**private, "PULLQUOTE_SERVER_FEEDS": "3"}).feeds_per_server() == 3


def test_blank_and_padded_values_are_as_people_mean_them():
    settings = read({"PULLQUOTE_LOG_LEVEL": "  ", "PULLQUOTE_KEPT_DAYS": " 7\n"})
    assert (settings.log_level, settings.kept_days) == ("info", 7)


def test_every_wrong_value_is_named_with_what_is_allowed():
    assert problems(
        {
            "PULLQUOTE_COOLDOWN_COUNT": "many",
            "PULLQUOTE_KEPT_DAYS": "0",
            "PULLQUOTE_LOG_FORMAT": "xml",
            "PULLQUOTE_REFRESH_SECONDS": "nan",
            "PULLQUOTE_LOGLEVEL": "info",
            "PULLQUOTE_ZZZ": "1",
            "OTHER": "ignored",
        }
    ) == [
        "PULLQUOTE_LOGLEVEL is not a setting of Pullquote; did you mean PULLQUOTE_LOG_LEVEL?",
        "PULLQUOTE_ZZZ is not a setting of Pullquote; remove it, or see .env.example.",
        "PULLQUOTE_LOG_FORMAT is 'xml'; it must be auto, console or json.",
        "PULLQUOTE_COOLDOWN_COUNT is 'many'; it must be a whole number from 1 to 1000.",
        "PULLQUOTE_REFRESH_SECONDS is 'nan'; it must be a number of seconds from 0.1 to 3600.",
        "PULLQUOTE_KEPT_DAYS is '0'; it must be a whole number of days from 1 to 3650.",
    ]


@pytest.mark.parametrize(
    "typed", ["desk", "a@b\r\nX-Evil: 1", "a@b (desk)", "büro@paper.example", "a@" + "b" * 200]
)
def test_a_contact_is_an_address_that_a_header_can_hold(typed: str):
    assert "PULLQUOTE_CONTACT" in problems({"PULLQUOTE_CONTACT": typed})[0]


@pytest.mark.parametrize("typed", ["desk@paper.example", "https://paper.example/bot?x=1", ""])
def test_publishers_may_be_told_where_to_write(typed: str):
    assert read({"PULLQUOTE_CONTACT": typed}).contact == typed


def test_a_file_is_no_data_directory(tmp_path: Path):
    (tmp_path / "file").touch()
    for value in (str(tmp_path / "file"), "~nobody-of-this-name/data"):
        assert "it must be a directory" in problems({"PULLQUOTE_DATA_DIR": value})[0]


@given(st.dictionaries(st.sampled_from(names()), st.text()))
def test_any_value_is_taken_or_refused_in_sentences(environment: dict[str, str]):
    try:
        read(environment)
    except SettingsError as error:
        assert all(line.endswith((".", "?")) for line in str(error).split("\n")), str(error)  # noqa: PT017 (both ends are right)


def test_the_environment_wins_over_the_file(tmp_path: Path):
    env_file = tmp_path / ".env"
    env_file.write_text("PULLQUOTE_KEPT_DAYS=3\nPULLQUOTE_LOG_LEVEL=error\n", encoding="utf-8")
    settings = read({"PULLQUOTE_KEPT_DAYS": "4"}, env_file)
    assert (settings.kept_days, settings.log_level) == (4, "error")


def test_a_missing_env_file_is_none(tmp_path: Path):
    assert read({}, tmp_path / ".env").kept_days == 30


def test_an_env_file_that_is_no_text_is_refused_in_a_sentence(tmp_path: Path):
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="cannot be read"):
        read({}, tmp_path / ".env")


def test_the_token_comes_from_the_variable_or_the_file(tmp_path: Path):
    file = tmp_path / "token"
    file.write_text(" abc.def-ghi_1 \n", encoding="utf-8")
    assert read({"DISCORD_TOKEN": " abc.def "}).token() == "abc.def"
    assert read({"DISCORD_TOKEN_FILE": str(file)}).token() == "abc.def-ghi_1"


def test_two_tokens_are_one_too_many(tmp_path: Path):
    settings = read({"DISCORD_TOKEN": "a", "DISCORD_TOKEN_FILE": str(tmp_path)})
    with pytest.raises(SettingsError, match="Both DISCORD_TOKEN and DISCORD_TOKEN_FILE"):
        settings.token()


def test_no_token_is_explained():
    with pytest.raises(SettingsError, match="There is no Discord token; set DISCORD_TOKEN"):
        read({"DISCORD_TOKEN": " "}).token()


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff", b"two words"])
def test_a_token_file_without_a_token_is_refused_by_name(tmp_path: Path, content: bytes):
    file = tmp_path / "token"
    file.write_bytes(content)
    with pytest.raises(SettingsError, match="DISCORD_TOKEN_FILE"):
        read({"DISCORD_TOKEN_FILE": str(file)}).token()


def test_a_token_file_that_is_not_there_is_refused_by_name(tmp_path: Path):
    with pytest.raises(SettingsError, match="nowhere, which cannot be read"):
        read({"DISCORD_TOKEN_FILE": str(tmp_path / "nowhere")}).token()


def test_the_token_is_never_shown():
    for token in ("Bot s3cr3t", '"s3cr3t"', "s3cr3tü"):
        settings = read({"DISCORD_TOKEN": token})
        assert "s3cr3t" not in repr(settings) + str(settings.model_dump())
        with pytest.raises(SettingsError) as raised:
            settings.token()
        assert "s3cr3t" not in str(raised.value)


def test_the_example_explains_every_setting_with_its_default():
    text = EXAMPLE.read_text(encoding="utf-8")
    examples = dict(ASSIGNMENT.findall(text))
    assert list(examples) == names()
    settings = read({})
    for name, field in Settings.model_fields.items():
        if not name.startswith(("discord_", "sentry_")) and name != "data_dir":
            shown = getattr(settings, name)
            assert examples[str(field.alias)] == str(shown).removesuffix("()").lower()
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if ASSIGNMENT.match(line):
            assert lines[number - 1].startswith("# "), f"{line} is not explained"


def explanations() -> dict[str, str]:
    """What stands above each setting of the example."""
    found: dict[str, str] = {}
    above: list[str] = []
    for line in EXAMPLE.read_text(encoding="utf-8").split("\n"):
        if match := ASSIGNMENT.match(line):
            found[match[1]], above = " ".join(above), []
        elif line:
            above.append(line.removeprefix("# "))
        else:
            # a sentence may go on below the next setting
            above = above if above and above[-1].endswith("…") else []
    return found


def test_the_example_says_what_each_setting_may_be():
    explained = explanations()
    for field in Settings.model_fields.values():
        text = explained[str(field.alias)]
        bounds = {type(each).__name__: each for each in field.metadata}
        if "Ge" in bounds:
            assert f"({bounds['Ge'].ge:g} to {bounds['Le'].le})" in text, field.alias
        elif field.annotation is bool:
            assert "true or false" in text, field.alias
        elif choices := get_args(field.annotation):
            assert all(c in text for c in choices if isinstance(c, str)), field.alias


def test_settings_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        read({}).kept_days = 1


def test_a_token_in_the_place_of_a_path_is_told_and_not_repeated():
    secret = "MTA5NDY2NTk3NjE0NzY0MDM0.GhXbZk.x_4vN2mQ8sT1uW5yA7cE9gI3kM6oR0pL2dF4hJ"
    with pytest.raises(SettingsError, match="belongs into DISCORD_TOKEN") as caught:
        read({"DISCORD_TOKEN_FILE": secret}).token()
    assert secret not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("127.0.0.1:8787", ("127.0.0.1", 8787)),
        ("[::1]:65535", ("::1", 65535)),
        ("localhost:1", ("localhost", 1)),
        ("", None),
    ],
)
def test_health_is_told_at_a_host_and_port(typed: str, expected: tuple[str, int] | None):
    assert read({"PULLQUOTE_HEALTH_ADDRESS": typed}).health() == expected


@pytest.mark.parametrize(
    "typed", ["8787", "host", "host:0", "host:65536", "::1:80", "a b:80", "x:"]
)
def test_health_is_told_nowhere_else(typed: str):
    assert "it must be HOST:PORT" in problems({"PULLQUOTE_HEALTH_ADDRESS": typed})[0]


def test_the_address_of_a_sentry_comes_from_the_variable_or_the_file(tmp_path: Path):
    file = tmp_path / "dsn"
    file.write_text(" https://key@sentry.example/1 \n", encoding="utf-8")
    assert read({}).dsn() is None
    assert read({"PULLQUOTE_SENTRY_DSN": "https://a@b/1"}).dsn() == "https://a@b/1"
    assert read({"PULLQUOTE_SENTRY_DSN_FILE": str(file)}).dsn() == "https://key@sentry.example/1"
    both = {"PULLQUOTE_SENTRY_DSN": "https://a@b/1", "PULLQUOTE_SENTRY_DSN_FILE": str(file)}
    with pytest.raises(SettingsError, match="Both PULLQUOTE_SENTRY_DSN and"):
        read(both).dsn()
    with pytest.raises(SettingsError, match="PULLQUOTE_SENTRY_DSN_FILE names"):
        read({"PULLQUOTE_SENTRY_DSN_FILE": str(tmp_path / "nowhere")}).dsn()
    assert "https://a@b/1" not in repr(read({"PULLQUOTE_SENTRY_DSN": "https://a@b/1"}))
