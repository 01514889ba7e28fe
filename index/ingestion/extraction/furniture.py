"""Which of the lines found are the page's and not the story's: links, labels, what is said twice.

Adds to what `index.analysis` tells of a line alone what only the page tells: that a line is its
title, its author's name, or nothing but a link to somewhere else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.analysis.boilerplate import is_boilerplate
from index.analysis.captions import is_caption
from index.ingestion.extraction.trees import words_of
from index.ingestion.titles import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.ingestion.extraction.trees import Tree

_MAX_LINK_CHARACTERS = 250
# "No, no." is what people say
_MIN_DOUBLED_CHARACTERS = 20
# the title, a byline and a date stand above the story
_TOP_LINE_COUNT = 4
_BULLET = re.compile(r"^(?:[-*•·▪»>]|\d{1,3}[.)])\s+")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
# what only extracted pages have; sentences of news never look like these
_LABELS = re.compile(
    r"""(?:source|sources|via|tags?|topics|photos?|video|share|listen|watch|newsletter)\s*:?\s*$
    | sources?\s*:\s.{1,80}$
    | .{0,200}\[(?:video|photos?|pictures|pics|insight|reaction|watch|warning|news|update[ds]?
        |analysis|comment|opinion|live|exclusive|latest|report)\]\W*$
    | .{3,250}\bcontributed\ (?:to\ this\ (?:report|story|article)|reporting)\b.{0,80}$
    | (?:additional|with)\ (?:reporting|files)\ (?:by|from)\ (?-i:[A-Z]).{0,120}$
    | copyright\b[^.!?]{0,120}$
    | (?:also\ on|more\ at)\ [\w-]+\.\w{2,}\b
    | (?:like|enjoyed?)\ (?:this|what\ you)\b.{0,120}\?.{0,80}$
    | .{1,30}:\s*(?:https?://|www\.)\S+$
    | (?:(?:https?://)?(?:www\.)?(?:twitter|x|facebook|instagram)\.com/)\S+$
    | \[/?\w+[^\]]{0,200}\]$
    | (?:\W*\b(?:facebook|twitter|whatsapp|e-?mail|linkedin|pinterest|reddit|print|share
        |copy\ link)\b\W*)+$
    | this\ copy\ is\ for\ your\ personal\b
    | (?:tell|let)\ us\ (?:know\ )?what\ you\ think\W*$
    | (?:reach|contact)\ the\ (?:reporters?|authors?|writers?)\b
    | .{0,80}\b(?:more|full)\b.{0,60}:?\ (?:at\ )?https?://\S+(?:\ and\ https?://\S+)?$
    | \d{1,3}\s+(?:min(?:ute)?s?)\s+(?:read|ago)\W*$
    | (?:reading\ time|tempo\ de\ leitura|lesezeit|temps\ de\ lecture|tiempo\ de\ lectura
        |tempo\ di\ lettura)\s*:?\s*(?:ca\.\s*)?\d{1,3}\b.{0,20}$
    | this\ is\ a\ (?:breaking|developing)\ (?:news?\ )?story\b.{0,120}$
    | (?:write|e-?mail)\ (?:to\ )?(?-i:[A-Z])[^.!?]{1,60}\bat\ \S+@\S+$
    | (?:\S+\ ){0,12}get\ in\ touch\b.{0,60}\b(?:at|by|via|on)\ .{0,40}\S@\S.{0,120}$
    | (?:(?:do\ you\ have|got)\ a\ (?:story|tip)\b|have\ you\ got\ a\ (?:story|tip)\b).{0,160}$
    | for\ (?:more|the\ latest)\ .{0,40}\b(?:stories|news|updates)\b.{0,100}
        \b(?:check|visit|click|sign\ up|follow)\b.{0,60}$
    | get\ (?:the\ day['’]s|daily|breaking|the\ latest)\ .{0,40}
        (?:\b(?:news|stories|headlines)\b)(?:\W*$|\ \+.{0,120}$)
    | (?:sign\ up|follow)\b.{1,40}\b(?:for\ breaking\ news|as\ a\ preferred\ source)\b.{0,120}$
    | sign\ up\ for\ (?:breaking\ news|our|the\ latest)\b.{0,160}$
    | an\ error\ (?:has\ )?occurred\b.{0,80}$
    | this\ (?:article|story)\ has\ been\ sent\ to\b.{0,80}$
    | (?:please\ )?log\ ?(?:in|out)\ (?:or|and\ then)\b.{0,120}$
    | you\ must\ (?:confirm|be\ logged\ in|log\ in|sign\ in)\b.{0,80}\b(?:comment|post|reply)
        (?:ing)?\W*$
    | thank\ you\ for\ visiting\ \S+\.\w+
    | our\ standards\s*:.{0,60}$
    | (?:-\ )?advertisement\b.{0,60}\b(?:continues|below)\b.{0,20}$
    | (?:enjoy(?:ing|ed)?|like|liked)\ (?:this|our|what)\b.{0,60}\?\W*$
    | if\ you\ (?:enjoy|like)(?:ed|d)?\ this\ (?:article|story|post)\b.{0,240}$
    | .{0,160}\bread\ our\ privacy\ (?:policy|notice)\W*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TIME_ONLY = re.compile(
    r"\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\W+)?"
    r"(?:(?:\d{1,2}\W+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\W+"
    r"|\d{1,4}[/.-]\d{1,2}[/.-])\d{1,4}\b.{0,25}$",
    re.IGNORECASE,
)


def story_lines(
    lines: Iterable[str], *, tree: Tree, titles: Iterable[str], author: str | None
) -> list[str]:
    """Leave out the lines that are not the story's."""
    linked = link_lines(tree)
    above = {folded(title) for title in titles if title}
    above |= {folded(name) for name in [author or ""] if name}
    before = ""
    kept: list[str] = []
    for line in lines:
        key = folded(line)
        is_top = len(kept) < _TOP_LINE_COUNT and (key in above or _TIME_ONLY.match(line))
        is_repeated = bool(key) and key == before
        if not (is_top or is_repeated or is_furniture(line) or _is_only_a_link(line, linked)):
            kept.append(line)
        before = key
    return kept


def is_furniture(line: str) -> bool:
    """Whether a trimmed line is none of the story's, told by its words alone."""
    return (
        is_boilerplate(line)
        or is_caption(line)
        or bool(_LABELS.match(line))
        or _is_doubled(line)
        or not any(map(str.isalnum, line))
    )


def folded(line: str) -> str:
    """Give what two spellings of a line share: its letters and digits."""
    return re.sub(r"[\W_]+", " ", line.casefold()).strip()


def link_lines(tree: Tree) -> frozenset[str]:
    """Give the lines of a page that are wholly one link to another page."""
    by_line: dict[Tree, list[str]] = {}
    for link in tree.iter("a"):
        if words := words_of(link):
            target = link.get("href") or ""
            leads_away = target and not target.startswith("#")
            by_line.setdefault(_line_around(link), []).append(words if leads_away else "")
    # a line with several links, as long as a page may be, is not looked at for each of them
    return frozenset(
        words[0]
        for line, words in by_line.items()
        if len(words) == 1 and 0 < len(words[0]) <= _MAX_LINK_CHARACTERS
        if words_of(line) == words[0]
    )


def _is_doubled(line: str) -> bool:
    """Whether a line says all its words twice, as a picture's link and its title do."""
    middle = len(line) // 2
    is_long = middle >= _MIN_DOUBLED_CHARACTERS and len(line) % 2 == 1
    return is_long and line[:middle] == line[middle + 1 :] and line[middle] == " "


def _line_around(link: Tree) -> Tree:
    parent = link.getparent()
    while parent is not None and parent.tag in {"b", "strong", "em", "i", "span", "u", "font"}:
        parent = parent.getparent()
    return link if parent is None else parent


def _is_only_a_link(line: str, linked: frozenset[str]) -> bool:
    bare = squeezed(_BULLET.sub("", line))
    return bare in linked and not _SENTENCE_END.search(bare)
