"""What the documents say is what the code does."""

import json
import re
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import typer

from bot.__main__ import app
from bot.commands.catalogue import Parts, commands
from bot.evaluation.judgments import judged_question
from bot.evaluation.matching import says

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
COMMANDS = typer.main.get_group(app).commands


def options_of(name: str) -> set[str]:
    return {option for parameter in COMMANDS[name].params for option in parameter.opts}


def table_rows() -> list[tuple[str, str]]:
    """The command line's table: a command and what it is typed with."""
    return re.findall(r"^\| `pullquote (\w+)([^`]*)` \|", README, re.MULTILINE)


def test_the_quick_start_is_two_commands():
    assert "    pip install uv && uv run pullquote demo\n" in README
    assert "    uv run pytest\n" in README


def test_ci_calls_the_test_command_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r'^\S*"\$\{uv\[@\]\}" run pytest$', script, re.MULTILINE)


def test_every_command_is_in_the_readme_and_no_other():
    assert {name for name, _ in table_rows()} == set(COMMANDS)


@pytest.mark.parametrize(("name", "typed"), table_rows())
def test_every_option_in_the_readme_exists(name, typed):
    assert set(re.findall(r"--[a-z-]+", typed)) <= options_of(name)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_takes_a_data_directory(name):
    assert "--data-dir" in options_of(name)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_explains_itself(name):
    assert COMMANDS[name].help
    for parameter in COMMANDS[name].params:
        assert getattr(parameter, "help", None), parameter.name


def test_every_runtime_dependency_has_its_reason_in_the_readme():
    named = {
        re.split(r"[<>=\[ ]", entry)[0].lower() for entry in PROJECT["project"]["dependencies"]
    }
    table = README.partition("## What it needs, and why")[2].partition("\n## ")[0]
    assert (
        set(re.findall(r"^\| ([a-z0-9.-]+) \| \w", table, re.MULTILINE)) - {"dependency"} == named
    )


def test_every_extra_is_in_the_readme():
    for extra in PROJECT["project"]["optional-dependencies"]:
        assert f"pip install 'pullquote[{extra}]'" in README


def test_the_judged_question_of_the_readme_is_understood():
    example = README.partition("\n    {")[2].partition("}\n\n")[0]
    question = judged_question(json.loads(f"{{{example}}}"))
    assert says(question.evidence[0].text, question.answers)


def test_the_changelog_knows_the_version():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{PROJECT['project']['version']}] - 20" in changelog
    assert "## [Unreleased]" in changelog


def test_the_map_of_the_code_names_what_there_is():
    drawn = README.partition("## A map of the code")[2].partition("\n## ")[0]
    of_index, _, of_bot = drawn.partition("\n    bot/")
    for block, package in ((of_index, "index"), (of_bot, "bot")):
        for module in (ROOT / package).iterdir():
            if (module / "__init__.py").exists():
                assert f"{module.name}/" in block, module
            elif module.suffix == ".py" and not module.name.startswith("__"):
                assert module.name in block, module


def test_the_readme_names_every_slash_command_and_no_other():
    # a command only keeps what it is made from, so nothing needs to work here
    nothing = cast("Any", SimpleNamespace(searches=None, questions=None))
    registered = commands(Parts(nothing, nothing, nothing, nothing, nothing, ""), nothing)
    assert set(re.findall(r"^\| `/(\w+)", README, re.MULTILINE)) == {c.name for c in registered}
