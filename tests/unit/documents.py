"""What a document names that has to exist: files of the repository, and what is to be typed.

Documents write what is typed as README.md does: a line that is indented by four spaces, or a span
of code that begins with a program.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typer
import yaml

from bot.__main__ import app

ROOT = Path(__file__).parents[2]
GROUP: Any = typer.main.get_group(app)
# typer has a click of its own, or that of others, and does not name this one
_UsageError: Any = typer.BadParameter.__base__

_TASKS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["poe"]["tasks"]
_SERVICES = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
_SPAN = re.compile(r"`([^`\n]+(?:\n[^`\n]+)?)`")
_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
_PLACEHOLDER = re.compile(r"NNNN|NAME|LOCALE")
_SUFFIXES = (".py", ".toml", ".sql", ".po", ".svg", ".yaml")
_OPERATORS = {"&&", "||", "|", ";", ">", "<"}
_SETTING = re.compile(r"[A-Z_]+=.*")
# programs of others, whose options are theirs
_OTHERS = {
    "cat", "chmod", "cp", "curl", "docker", "git", "install", "journalctl", "mkdir", "pip", "rm",
    "scp", "ssh", "systemctl", "touch", "uv", "chown", "mv",
}  # fmt: skip
_TYPED = ("pullquote ", "uv run ", "docker ", "systemctl ", "journalctl ")


def text_of(name: str) -> str:
    """Return a document of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def paths_named(document: str) -> list[str]:
    """Return what a document calls files and folders of the repository, each as it is written."""
    top = {path.name for path in ROOT.iterdir()}
    spans = [" ".join(span.split()) for span in _SPAN.findall(_prose(document))]
    named = [
        span
        for span in spans
        if " " not in span
        and not span.startswith(("/", "-", "~"))
        and (span.partition("/")[0] in top or span.endswith(_SUFFIXES))
    ]
    return [*dict.fromkeys(named)]


def exists(path: str) -> bool:
    """Whether there is such a file or folder; NAME and the like stand for anything."""
    return any(ROOT.glob(_PLACEHOLDER.sub("*", path).rstrip("/")))


def links_of(document: str) -> list[str]:
    """Return the paths that a document's links lead to."""
    return [*dict.fromkeys(_LINK.findall(document))]


def typed_in(document: str) -> list[list[str]]:
    """Return every command of a document's indented lines, in words; examples of data are none."""
    lines = [line for line in document.splitlines() if re.match(r" {4,}\S", line)]
    return [each for line in _joined(lines) if _is_typed(line) for each in _commands(line)]


def mentioned_in(document: str) -> list[list[str]]:
    """Return every command that a document speaks of, perhaps without all that it takes."""
    spans = [" ".join(span.split()) for span in _SPAN.findall(_prose(document))]
    ours = [span for span in spans if span.startswith(_TYPED) and not set("[…") & set(span)]
    return [each for span in ours for each in _commands(span)]


def problem_with(words: list[str], *, is_whole: bool = True) -> str | None:
    """Return what is wrong with a command, None where nothing is.

    One that is not whole may lack what it takes.
    """
    words = [*words]
    while words and (_SETTING.fullmatch(words[0]) or words[0] == "sudo"):
        del words[0]
    match words:
        case ["uv", "run", *rest]:
            words = _without_options(rest, {"--group", "--extra"})
            return _problem_in_project(words, is_whole=is_whole)
        case ["docker", "compose", "exec" | "run" as how, *rest]:
            return _problem_in_container(how, rest, is_whole=is_whole)
        case ["systemd-run", *rest]:
            return problem_with(_without_options(rest, {"-p"}), is_whole=is_whole)
        case [program, *rest] if Path(program).name == "pullquote":
            return _problem_of_ours(rest, is_whole=is_whole)
        case [program, *_] if program not in _OTHERS:
            return f"{program} is no program that is known here"
    return None


def _problem_in_container(how: str, words: list[str], *, is_whole: bool) -> str | None:
    service, *inside = _without_options(words, {"--volume"})
    if service not in _SERVICES:
        return f"compose.yaml has no {service}"
    # the image's entry point is there without being typed
    return problem_with(inside if how == "exec" else ["pullquote", *inside], is_whole=is_whole)


def _problem_in_project(words: list[str], *, is_whole: bool) -> str | None:
    match words:
        case ["poe", task, *_]:
            return None if task in _TASKS else f"there is no task {task}"
        case ["python", "-m", module, *_]:
            return None if find_spec(module) else f"there is no module {module}"
        case ["pytest", *rest]:
            missing = [each for each in rest if "/" in each and not exists(each.split("::")[0])]
            return f"{missing} are not there" if missing else None
        case ["lint-imports" | "coverage" | "ruff" | "mypy", *_]:
            return None
    return problem_with(words, is_whole=is_whole)


def _problem_of_ours(words: list[str], *, is_whole: bool) -> str | None:
    command, name = GROUP, "pullquote"
    while hasattr(command, "commands") and words and not words[0].startswith("-"):
        name, *words = words
        if name not in command.commands:
            return f"there is no command {name}"
        command = command.commands[name]
    if words in (["--version"], ["--help"]):
        return None
    try:
        command.make_context(name, [*words])
    except _UsageError as error:
        is_lacking = type(error).__name__ in {"MissingParameter", "BadOptionUsage"}
        return None if is_lacking and not is_whole else f"{name}: {error.format_message()}"
    return None


def _prose(document: str) -> str:
    return "\n".join(line for line in document.splitlines() if not line.startswith("    "))


def _is_typed(line: str) -> bool:
    """Whether a line is no data, no sentence, and none of a map of the code."""
    first = line.split(maxsplit=1)[0]
    is_data = line.startswith(("{", '"', "#", "- ")) or first.endswith(("/", ".py", ":"))
    return not is_data and (not first[0].isupper() or _SETTING.fullmatch(first) is not None)


def _joined(lines: list[str]) -> list[str]:
    """Put together what a backslash parts."""
    return "\n".join(line.strip() for line in lines).replace("\\\n", "").splitlines()


def _commands(line: str) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for word in shlex.split(line, comments=True):
        if word in {">", "<"}:
            found.append(["cat"])  # what follows is a file
        elif word in _OPERATORS:
            found.append([])
        else:
            found[-1].append(word)
    return [each for each in found if each]


def _without_options(words: list[str], with_values: set[str]) -> list[str]:
    while words and words[0].startswith("-"):
        words = words[2:] if words[0] in with_values else words[1:]
    return words
