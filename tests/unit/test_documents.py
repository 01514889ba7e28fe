"""What the documents say is what the code does."""

import json
import re
import tomllib
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from discord import app_commands

from bot.commands.catalogue import Parts, commands
from bot.evaluation.judgments import judged_question
from bot.evaluation.matching import says
from bot.operations.metrics import Metrics
from bot.operations.vitals import Vitals
from bot.settings import names
from bot.views.feeds_as_json import event_value
from index.gathering.model import EventKind, GatheringEvent
from tests.unit.documents import (
    GROUP,
    ROOT,
    exists,
    links_of,
    mentioned_in,
    paths_named,
    problem_with,
    text_of,
    typed_in,
)

README = text_of("README.md")
DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "docs/commands.md",
    "docs/operating.md",
    ".github/SECURITY.md",
]
PROJECT = tomllib.loads(text_of("pyproject.toml"))
# what only tests read
OF_TESTS = {"PULLQUOTE_KILLS", "PULLQUOTE_SOAK_SECONDS"}


def commands_of(group: Any, before: str = "") -> dict[str, Any]:
    """All that can be typed, those of a group behind its name; a group alone does nothing."""
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        typed = f"{before}{name}"
        is_group = hasattr(command, "commands")
        found |= commands_of(command, f"{typed} ") if is_group else {typed: command}
    return found


COMMANDS = commands_of(GROUP)


def options_of(name: str) -> set[str]:
    return {option for parameter in COMMANDS[name].params for option in parameter.opts}


def table_rows() -> list[tuple[str, str]]:
    """The command line's table: a command and what it is typed with."""
    names = "|".join(sorted(COMMANDS, key=len, reverse=True))
    rows = re.findall(r"^\| `pullquote ([^`]*)` \|", README, re.MULTILINE)
    found = [re.fullmatch(rf"({names})((?: .*)?)", row) for row in rows]
    assert None not in found, rows
    return [match.groups() for match in found if match]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_document_names_is_there(name):
    document = text_of(name)
    assert [path for path in paths_named(document) if not exists(path)] == []
    beside = (ROOT / name).parent
    assert [link for link in links_of(document) if not (beside / link).exists()] == []
    assert set(re.findall(r"\bPULLQUOTE_[A-Z_]+", document)) <= {*names(), *OF_TESTS}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_document_has_typed_can_be_typed(name):
    document = text_of(name)
    assert typed_in(document) or mentioned_in(document)
    problems = [problem_with(words) for words in typed_in(document)]
    problems += [problem_with(words, is_whole=False) for words in mentioned_in(document)]
    assert [problem for problem in problems if problem] == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("uv run pullquote backup /tmp/a.zip --overwrite", None),
        ("uv run pullquote backup", "backup: Missing argument"),
        ("uv run pullquote backup a.zip --force", "backup: No such option: --force"),
        ("pullquote feeds pasue 3", "there is no command pasue"),
        ("/opt/pullquote/bin/pullquote health --timeout never", "health: Invalid value"),
        ("docker compose exec pullquote pullquote doctor", None),
        ("docker compose exec pulquote pullquote doctor", "compose.yaml has no pulquote"),
        ("docker compose run --rm pullquote restor a.zip", "there is no command restor"),
        ("systemd-run --pipe -p User=pullquote pullquote stat", "there is no command stat"),
        ("uv run poe typos", "there is no task typos"),
        ("uv run python -m benchmarks.nothing", "there is no module benchmarks.nothing"),
        ("uv run pytest tests/unit/nothing.py", "['tests/unit/nothing.py'] are not there"),
        ("puulquote run", "puulquote is no program that is known here"),
    ],
)
def test_what_cannot_be_typed_is_noticed(line, problem):
    (words,) = typed_in(f"Some words.\n\n    {line}   # why\n")
    found = problem_with(words)
    assert found is None if problem is None else str(found).startswith(problem)


def test_a_file_that_is_not_there_is_noticed():
    named = paths_named(
        "`bot/app.py`, `bot/appp.py`, `/etc/hosts`, `bot/commands/NAME.py`, `a b/c`"
    )
    assert [path for path in named if not exists(path)] == ["bot/appp.py"]
    assert links_of("[one](docs/a.md#b), [two](https://a.test/b), [three](#c)") == ["docs/a.md"]


def test_every_section_that_the_readme_links_is_there():
    headings = re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", README)) <= anchors


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


def test_every_metric_of_ours_is_in_the_readme():
    told = Metrics().text(Vitals(None, None, 0)).decode()
    names = set(re.findall(r"^# TYPE ((?:pullquote|discord)_\w+) ", told, re.MULTILINE))
    table = README.partition("| metric | |")[2].partition("\n\n")[0]
    named = set(re.findall(r"`((?:pullquote|discord)_\w+)", table))
    assert named == {name for name in names if not name.endswith("_created")}


def test_every_extra_is_in_the_readme():
    for extra in PROJECT["project"]["optional-dependencies"]:
        assert f"pip install 'pullquote[{extra}]'" in README


def test_the_judged_question_of_the_readme_is_understood():
    section = README.partition("## Measuring the answers")[2]
    example = section.partition("\n    {")[2].partition("}\n\n")[0]
    question = judged_question(json.loads(f"{{{example}}}"))
    assert says(question.evidence[0].text, question.answers)


def test_the_event_of_the_readme_is_as_programs_get_it():
    section = README.partition("## News that comes in by itself")[2].partition("\n## ")[0]
    shown = json.loads("{" + section.partition("\n    {")[2].partition("}\n\n")[0] + "}")
    event = GatheringEvent(
        EventKind(shown["event"]),
        datetime.fromisoformat(shown["at"]),
        shown["feed"],
        shown["url"],
        shown["title"],
    )
    assert event_value(event) == shown
    for kind in EventKind:
        assert f"`{kind}`" in section


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
    parts = Parts(nothing, nothing, nothing, nothing, nothing, nothing, "", nothing, nothing)
    registered = commands(parts, nothing, nothing, nothing)
    menus = [each for each in registered if isinstance(each, app_commands.ContextMenu)]
    slash = {each.name for each in registered} - {each.name for each in menus}
    assert set(re.findall(r"^\| `/(\w+)", README, re.MULTILINE)) == slash
    assert all(f"*{each.name}*" in README for each in menus)
