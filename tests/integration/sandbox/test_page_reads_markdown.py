"""The page's reading of Discord's markdown, run by node where there is one."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import bot.sandbox.page

MARKDOWN = Path(bot.sandbox.page.__file__).with_name("markdown.js")
NODE = shutil.which("node") or ""
READ_ALL = f"""
import {{ blocks }} from {json.dumps(MARKDOWN.as_uri())};
let typed = "";
for await (const chunk of process.stdin) typed += chunk;
console.log(JSON.stringify(JSON.parse(typed).map(blocks)));
"""


def line(*children: Any) -> dict[str, Any]:
    return {"kind": "line", "children": list(children)}


def marked(kind: str, *children: Any) -> dict[str, Any]:
    return {"kind": kind, "children": list(children)}


def link(address: str, *children: Any) -> dict[str, Any]:
    return {"kind": "link", "address": address, "children": list(children)}


CASES: dict[str, list[Any]] = {
    "plain": [line("plain")],
    "**bold** and *italic*": [line(marked("bold", "bold"), " and ", marked("italic", "italic"))],
    "***both***": [line(marked("bold", marked("italic", "both")))],
    "_italic_ snake_case_name": [line(marked("italic", "italic"), " snake_case_name")],
    "__under__ ~~gone~~ ||hidden||": [
        line(
            marked("underline", "under"),
            " ",
            marked("struck", "gone"),
            " ",
            marked("spoiler", "hidden"),
        )
    ],
    r"\*not\* \<@5> 1\. it": [line("*not* <@5> 1. it")],
    "`a *b*`": [line({"kind": "code", "text": "a *b*"})],
    "```py\nx = 1\n```": [{"kind": "pre", "text": "x = 1\n"}],
    "> one\n> two\nafter": [
        {"kind": "quote", "children": [line("one"), line("two")]},
        line("after"),
    ],
    ">>> all\nof it": [{"kind": "quote", "children": [line("all"), line("of it")]}],
    "-# small": [marked("subtext", "small")],
    "## Title": [{"kind": "heading", "level": 2, "children": ["Title"]}],
    "#none": [line("#none")],
    "- a\n- b": [{"kind": "bullets", "items": [["a"], ["b"]]}],
    "[label](https://example.org/a)": [line(link("https://example.org/a", "label"))],
    "[label](<https://example.org/a>)": [line(link("https://example.org/a", "label"))],
    "[no](javascript:alert(1))": [line("[no](javascript:alert(1))")],
    "see https://example.org/a, please": [
        line("see ", link("https://example.org/a", "https://example.org/a"), ", please")
    ],
    "<t:1700000000:D>": [line({"kind": "time", "seconds": 1_700_000_000, "style": "D"})],
    "<@12> <#34> </ask:56>": [
        line(
            {"kind": "user", "id": "12"},
            " ",
            {"kind": "channel", "id": "34"},
            " ",
            {"kind": "command", "name": "ask"},
        )
    ],
    "at https://discord.com/channels/1/34/5": [
        line("at ", {"kind": "message", "channel": "34"}),
    ],
    "https://discord.com/channels/1/34": [
        line(link("https://discord.com/channels/1/34", "https://discord.com/channels/1/34"))
    ],
    "<b>text</b> & <script>": [line("<b>text</b> & <script>")],
    "2 * 3 * 4": [line("2 * 3 * 4")],
    "a\n\nb": [line("a"), line(), line("b")],
}


pytestmark = pytest.mark.skipif(not NODE, reason="the page's script is read by node, not here")


@pytest.fixture(scope="module")
def read() -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 -- our own script
        [NODE, "--input-type=module", "--eval", READ_ALL],
        input=json.dumps(list(CASES)),
        capture_output=True,
        check=True,
        text=True,
        timeout=20,
    )
    return dict(zip(CASES, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("text", CASES)
def test_markdown_is_read_the_way_discord_reads_it(read: dict[str, Any], text: str):
    assert read[text] == CASES[text]
