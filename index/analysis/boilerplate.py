"""Which lines of an article are the page's furniture and not its news. Looks at one line alone.

Three tables of patterns, without regard to case:
ALWAYS is matched where a line begins, and describes lines that no news sentence looks like.
UNLESS_A_SENTENCE likewise, but counts only where the line does not end like a sentence: "More from
Politics" is furniture, "More from the same well was pumped on Friday." is news.
ANYWHERE holds phrases that only the publisher itself says, of its own pages and people, each after
letters that are in all of them: nearly every line has none, which is told much sooner. None is an
"i", since `re` takes four letters for that one, and `casefold` fewer.
"""

from __future__ import annotations

import re

MAX_BOILERPLATE_CHARACTER_COUNT = 300

_SITE = (
    r"(?:facebook|twitter|x|instagram|youtube|linkedin|whatsapp|telegram|tiktok|threads|bluesky"
    r"|pinterest|snapchat|reddit|spotify|flipboard|mastodon|truth social|apple news|google news"
    r"|apple podcasts)"
)
_SITES = rf"(?:(?:our )?{_SITE}(?: page| account| channel)?\W*(?:@\w+\W*)?(?:(?:and|or)\b\W*)?)+"
_PAPER = (
    r"(?:newsletters?|inbox|podcasts?|e-?mails?|alerts|mailing list|channel|notifications"
    r"|text chat|updates)"
)
_DATE = (
    r"(?:\d|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|today\b|yesterday\b)"
)
_PIECES = r"(?:stor(?:y|ies)|articles?|posts?|coverage|links?|content|topics?|reading|news|videos?)"
_THIS = r"this (?:story|article|post|page|piece|report)"

_ALWAYS = (
    # follow and share
    (
        r"(?:please )?(?:like|follow|find|join|connect with) [^.!?;:,]{1,60}"
        rf" (?:on|at|via) {_SITES}$"
    ),
    rf"follow [^.!?;]{{1,60}}\bon {_SITE}\W*@\w+",
    rf"(?:follow|tweet)\W+(?:(?:us|me|him|her|them)\W+)?(?:(?:on|at)\W+)?@\w+(?: on {_SITE})?\W*$",
    rf"share (?:this|the) {_PIECES}\b.{{0,60}}$",
    r"(?:share|print|save|e-?mail|copy link)\W*$",
    rf"share (?:on|via|with) {_SITES}$",
    # subscribe
    (
        rf"(?:you can )?(?:sign[- ]up|subscribe|register)\b.{{0,120}}\b(?:our|free|your|the)\b"
        rf".{{0,60}}\b{_PAPER}\b"
    ),
    r"(?:subscribe|sign[- ]up|sign in|log in|register)(?: (?:now|here|today|for free))?\W*$",
    r"(?:click|tap) here\b[^,]{0,100}$",
    r"get .{1,100}\b(?:to|in|into) your inbox\b",
    r"(?:download|get) (?:our|the) .{0,30}\bapp\W*$",
    r"already (?:a subscriber|have an account)\b.{0,60}$",
    # other articles
    r"(?:read|see|watch|learn|hear|find out) (?:more|also|next|now)\s*[:|>»→–—-].{0,250}$",
    r"(?:also read|see also|further reading|don'?t miss|read|watch|listen|more)\s*:.{0,250}$",
    rf"(?:related|more|recommended)(?: {_PIECES})?\s*:.{{0,250}}$",
    rf"(?:related|recommended)(?: {_PIECES}|for you)\W*$",
    (
        r"(?:most (?:read|popular|viewed)|trending(?: now)?|what to read next"
        r"|you (?:may|might) also (?:like|be interested in))\W*$"
    ),
    rf"{_PIECES} continues (?:below|after)\b.{{0,60}}$",
    r"(?:continue reading|scroll (?:down|to continue))\b.{0,60}$",
    # comments
    r"(?:\d+ )?comments?(?: \(\d+\))?\W*$",
    r"(?:leave|post|add) a (?:comment|reply)\W*$",
    r"(?:view|show|see|read)(?: all)?(?: \d+)? comments?\W*$",
    r"(?:join|start) the (?:conversation|discussion)\W*$",
    # advertising, consent, rights
    r"(?:advertisements?|advertising|promoted|(?:sponsored|paid)(?: content| post)?)\W*$",
    r"(?:please )?(?:enable|turn on) javascript\b",
    r"(?:we|this (?:web)?site) uses? .{0,30}\bcookies\b",
    r"(?:accept|manage)(?: all)? cookies\W*$",
    r"©|c\) ?\d{4}|copyright\W+(?:\d{4}|c\)|by )|.{0,80}\ball rights reserved\W*$",
    r"this material may not be published\b",
    # where the text came from
    r"(?:additional )?(?:reporting|writing|editing) by [^.]{1,220}\W*$",
    r"contributing(?: writers?)?\s*:",
    rf"{_THIS} (?:was |has been )?(?:originally |first |also )(?:published|appeared|posted)\b",
    rf"{_THIS} (?:was|has been|will be) (?:last )?(?:updated|corrected)\b",
    (
        r"(?:the )?(?:associated press|reuters|afp|ap)\b[^.]{0,120} contributed to this"
        r" (?:report|story|article)\W*$"
    ),
    (
        rf"(?:last |first )?(?:updated|modified|published|posted)(?: (?:on|at))?\W*{_DATE}"
        r"[^.!?]{0,30}(?:[ap]\.m\.[^.!?]{0,12})?$"
    ),
    r"(?:tags?|topics?|filed under|categor(?:y|ies)|posted (?:in|under))\s*:",
    # no words at all
    r"(?:https?://|www\.)\S+$|\S+@[\w-]+(?:\.[\w-]+)+$|e-?mail\s*:\s*\S+@\S+$",
    r"(?:#\w+\s*)+$|(?:@\w+\s*)+$",
)

_UNLESS_A_SENTENCE = (
    r"(?:read|see|learn|watch|find out|hear) more\b",
    rf"(?:read|see|watch) (?:also|next|the full {_PIECES})\b",
    rf"more (?:from|on|about|{_PIECES})\b.{{0,60}}$",
    r"(?:also|related|recommended)\s*[|\]>]",
    r"(?:don'?t miss|trending|most (?:read|popular|viewed))\b.{0,40}$",
    r"(?:leave|post) a (?:comment|reply)\b|(?:join|start) the (?:conversation|discussion)\b",
    r"(?:subscribe|sign[- ]up|register)(?: (?:to|for|now|here|today|and|via|on)\b|$)",
    rf"(?:follow|find|like) .{{0,80}} on {_SITE}\b",
    r"(?:our|the) .{0,30}newsletter\b.{0,40}$|listen to (?:this|our)\b|download (?:our|the)\b",
    r"by(?: [\w.’'-]+){2,4}(?:,? (?:and|for|[\w.’'-]+)){0,6}$",
)

_ANYWHERE = (
    (
        "follow ",
        (
            r"(?:^|[.!?;] |\b(?:and|or) )follow (?:him|her|them|us|me|along)\b"
            rf"[^.!?]{{0,40}} on {_SITE}\b"
        ),
    ),
    (
        "@",
        r"(?<![\w-])(?:reach|e-?mail|contact) (?:him|her|them|us|me) (?:at|on|via)\b.{0,20}\S@\w",
    ),
    ("gn", rf"(?:^|[.!?:] +\(?)sign[- ]up\b[^.!?]{{0,120}}\b(?:{_PAPER}|here|now)\b"),
    ("subscr", rf"(?:^|[.!?:] +\(?)subscribe\b[^.!?]{{0,120}}\b(?:{_PAPER}|here|now)\b"),
    (
        "may ",
        (
            r"\bmay (?:earn|receive|get) (?:us )?(?:a|an) (?:small )?(?:affiliate )?"
            r"(?:commission|fee)\b"
        ),
    ),
    ("your local forecast", r"\bcheck your local forecast here\b"),
    ("to your ", r"\bdelivered (?:straight |right )?to your inbox\b"),
)

_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")
_HAS_WORD = re.compile(r"[^\W_]")


def _opening(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Match any of the patterns after bullets, brackets and ornaments."""
    return re.compile(r"[^\w@#©]*(?:" + "|".join(patterns) + ")", re.IGNORECASE)


_ALWAYS_OPENING = _opening(_ALWAYS)
_UNFINISHED_OPENING = _opening(_UNLESS_A_SENTENCE)
PHRASES = tuple((letters, re.compile(said, re.IGNORECASE)) for letters, said in _ANYWHERE)


def is_boilerplate(line: str) -> bool:
    """Whether a trimmed line is furniture: links, sharing, subscribing, rights, ornaments."""
    if len(line) >= MAX_BOILERPLATE_CHARACTER_COUNT:
        return False
    if not _HAS_WORD.search(line) or _ALWAYS_OPENING.match(line) or _holds_phrase(line):
        return True
    return not _SENTENCE_END.search(line) and bool(_UNFINISHED_OPENING.match(line))


def _holds_phrase(line: str) -> bool:
    folded = line.casefold()
    return any(letters in folded and phrase.search(line) for letters, phrase in PHRASES)
