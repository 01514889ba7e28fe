"""The files that others run the bot with name what there is: settings, commands, files."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import typer
import yaml

from bot.__main__ import app
from bot.settings import Settings, names

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
UNIT = (ROOT / "deploy" / "pullquote.service").read_text(encoding="utf-8")
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
COMMANDS = typer.main.get_group(app).commands

OF_THE_IMAGE = dict(re.findall(r"^\s+(?:ENV )?([A-Z_]+)=(\S+)", DOCKERFILE, re.MULTILINE))
OF_THE_UNIT = dict(re.findall(r"^Environment=([A-Z_]+)=(\S+)$", UNIT, re.MULTILINE))
OF_COMPOSE: dict[str, str] = COMPOSE["services"]["pullquote"]["environment"]


@pytest.mark.parametrize("variables", [OF_THE_IMAGE, OF_THE_UNIT, OF_COMPOSE])
def test_every_setting_that_is_set_exists(variables: dict[str, str]):
    ours = {name for name in variables if name.startswith(("PULLQUOTE_", "DISCORD_"))}
    assert ours
    assert ours <= set(names())


@pytest.mark.parametrize("variables", [OF_THE_IMAGE, OF_THE_UNIT])
def test_what_is_set_is_understood(variables: dict[str, str]):
    ours = {k: v for k, v in variables.items() if k.startswith("PULLQUOTE_") and "%" not in v}
    settings = Settings.read(ours, None)
    assert settings.health() == ("127.0.0.1", 8787)
    assert settings.log_format == "json"


def test_the_image_runs_commands_that_there_are_as_nobody_in_particular():
    assert 'ENTRYPOINT ["pullquote"]' in DOCKERFILE
    run = re.search(r'^CMD \["(\w+)"\]', DOCKERFILE, re.MULTILINE)
    check = re.search(r'^HEALTHCHECK .* CMD \["pullquote", "(\w+)"\]', DOCKERFILE, re.MULTILINE)
    assert run is not None
    assert check is not None
    assert {run[1], check[1]} <= set(COMMANDS)
    assert "\nUSER 10001:10001\n" in DOCKERFILE
    assert DOCKERFILE.index("\nUSER ") < DOCKERFILE.index("\nENTRYPOINT ")


def test_the_image_is_built_from_files_that_reach_the_builder():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    sources = {source for line in copied for source in line.split()}
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert sources == {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert all((ROOT / source).exists() for source in sources)


def test_the_version_is_told_by_all():
    assert f"ARG VERSION={VERSION}\n" in DOCKERFILE
    assert COMPOSE["services"]["pullquote"]["image"] == f"pullquote:{VERSION}"


def test_the_container_may_take_as_long_to_end_as_the_bot_does():
    assert COMPOSE["services"]["pullquote"]["stop_grace_period"] == "15s"
    assert "\nTimeoutStopSec=15s\n" in UNIT
    assert COMPOSE["services"]["pullquote"]["init"] is True


def test_the_unit_runs_and_reloads_the_bot():
    assert "\nExecStart=/opt/pullquote/bin/pullquote run\n" in UNIT
    assert "\nExecReload=/bin/kill -HUP $MAINPID\n" in UNIT
    for line in ("DynamicUser=yes", "ProtectSystem=strict", "Restart=on-failure"):
        assert f"\n{line}\n" in UNIT


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_understands_the_unit(tmp_path: Path):
    program = shutil.which("true")
    assert program is not None
    unit = tmp_path / "pullquote.service"
    unit.write_text(UNIT.replace("/opt/pullquote/bin/pullquote", program), encoding="utf-8")
    done = subprocess.run(  # noqa: S603 (the system's own judge)
        [str(shutil.which("systemd-analyze")), "verify", str(unit)],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    about_ours = [line for line in done.stderr.splitlines() if "pullquote" in line]
    assert about_ours == []
