"""Which lines of an article are the page's furniture and not its news. Looks at one line alone.

Two tables. The first holds lines that no news sentence looks like; the second, openings that are
furniture only where the line does not end like a sentence: "More from Politics" is furniture,
"More from the same well was pumped on Friday." is not.
"""

from __future__ import annotations

import re

MAX_BOILERPLATE_CHARACTER_COUNT = 300

_SITE = (
    r"(?:facebook|twitter|x|instagram|youtube|linkedin|whatsapp|telegram|tiktok|threads|bluesky"
    r"|pinterest|snapchat|reddit|spotify|flipboard|mastodon|truth social|gab|parler|gettr|minds"
    r"|apple news|google news|apple podcasts|google play)"
)
_SITES = (
    rf"(?:(?:our )?{_SITE}(?: page| account| channel)?(?: \(?@\w+\)?)?(?:,? and |, | or | & |/)?)+"
)
_DATE = (
    r"(?:\d|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|today\b|yesterday\b|\d+ \w+ ago)"
)
_PAPER = r"(?:newsletters?|inbox|podcasts?|e-?mails?|alerts|mailing list|channel|notifications)"

_ALWAYS = (
    # social
    rf"(?:please )?(?:like|follow|find|join|connect with) [^.!?;]{{1,60}} (?:on|at|via|over on) {_SITES}\W*$",
    r"(?:follow|tweet) (?:us|me|him|her|them)?(?: (?:on|at))?\W*@\w+\W*$",
    rf"follow @\w+(?: on {_SITES})?(?: for [^.]{{1,60}})?\W*$",
    r"share (?:this|the) (?:article|story|page|post|video)\b.{0,60}$",
    r"share\W*$|share (?:on|via|with) [\w ,/&-]{1,60}$|print\W*$|save\W*$|e-?mail\W*$|copy link\W*$",
    # mailing lists, apps, accounts
    rf"(?:you can )?(?:sign up|subscribe|register)\b(?: (?:now|here|today|free))? (?:for|to|with|and)\b.{{0,120}}\b{_PAPER}\b.{{0,80}}$",
    r"(?:click|tap) here\b.{0,100}$",
    r"get .{1,100}\b(?:to|in|into) your inbox\b.{0,40}$",
    r"(?:subscribe|sign up|sign in|log in|register)(?: (?:now|here|today))?\W*$",
    r"(?:download|get) (?:our|the) .{0,30}\bapp\b.{0,40}$",
    r"already (?:a subscriber|have an account)\b.{0,60}$",
    # links to other articles
    r"(?:(?:read|see|watch|learn|hear) (?:more|also|next|now)|also read|read|see also|related(?: (?:stories|story|articles?|posts?|coverage|links?|content|video|topics?|news|reading))?|more(?: (?:stories|coverage|news|reading))?|recommended(?: (?:stories|reading))?|further reading|watch|listen|don'?t miss)\s*:.{0,250}$",
    r"(?:read|see|watch) (?:more|also|next)\s*[|>»→–—-].{0,250}$",
    r"(?:you (?:may|might) also (?:like|be interested in)|most (?:read|popular|viewed)|trending(?: now)?|what to read next|related(?: (?:stories|story|articles?|posts?|coverage|links?|topics?|content|reading))|recommended(?: for you)?)\W*$",
    r"(?:story|article|post) continues (?:below|after)\b.{0,60}$|continue reading\b.{0,60}$|scroll (?:down|to continue)\b.{0,40}$",
    # comments
    r"(?:\d+ )?comments?(?: \(\d+\))?\W*$|(?:leave|post|add) a (?:comment|reply)\W*$|(?:view|show|see|read)(?: all)?(?: \d+)? comments?\W*$|(?:join|start) the (?:conversation|discussion)\W*$|what do you think\?.{0,40}\bcomments?\b.{0,60}$",
    # advertising, consent, rights
    r"advertisements?\W*$|advertising\W*$|sponsored(?: (?:content|by\b.{0,40}|post))?\W*$|paid (?:content|post)\W*$|promoted\W*$",
    r"(?:please )?(?:enable|turn on) javascript\b.{0,80}$|(?:we|this (?:web)?site) uses? .{0,30}\bcookies\b.{0,120}$|(?:accept|manage)(?: all)? cookies\W*$",
    r"(?:©|\(c\) ?\d|copyright (?:©|\(c\)|\d{4}|by ))\W*.{0,250}$|.{0,80}\ball rights reserved\W*$|this material may not be published\b.{0,150}$",
    # where the text came from
    r"(?:reporting|additional reporting|writing|editing) by [^.]{1,200}\W*$|\((?:additional )?(?:reporting|writing|editing) by .{1,250}$",
    r"this (?:story|article|post|piece|report) (?:was |has been |is )?(?:originally |first |also )(?:published|appeared|posted)\b.{0,120}$",
    r"this (?:story|article|post|page|report) (?:was|has been|will be) (?:last )?(?:updated|corrected)\b.{0,120}$",
    r"(?:the )?(?:associated press|reuters|afp|ap)(?: and [\w ]{1,40})?(?: writers? [\w ,.]{1,80})? contributed to this (?:report|story|article)\W*$",
    rf"(?:last |first )?(?:updated|modified|published|posted)(?: (?:on|at))?\s*:?\s*(?:on |at )?{_DATE}.{{0,60}}(?<!\w\w\w\.)$",
    r"(?:tags?|topics?|filed under|categor(?:y|ies)|posted (?:in|under))\s*:.{0,200}$|filed under\b.{0,80}$",
    # no words at all
    r"(?:https?://|www\.)\S+$|\S+@[\w-]+(?:\.[\w-]+)+$|e-?mail\s*:\s*\S+@\S+$|(?:#\w+\s*)+$|(?:@\w+\s*)+$",
)

_UNLESS_A_SENTENCE = (
    r"(?:read|see|learn|watch|find out|hear) more\b.{0,150}$",
    r"(?:read|see|watch) (?:also|next|the full (?:story|article))\b.{0,150}$",
    r"more (?:from|on|about|stories|news|coverage)\b.{0,60}$",
    r"(?:also|related|recommended)\s*[|\]>-].{0,150}$",
    r"don'?t miss\b.{0,100}$|trending\b.{0,20}$|most (?:read|popular|viewed)\b.{0,40}$",
    r"(?:leave|post) a (?:comment|reply)\b.{0,40}$|(?:join|start) the (?:conversation|discussion)\b.{0,60}$",
    r"(?:subscribe|sign up|register)(?: (?:to|for|now|here|today|and|via|on)\b.{0,120})?$",
    rf"(?:follow|find|like) .{{0,80}} on {_SITE}\b.{{0,60}}$",
    r"(?:our|the) .{0,30}newsletter\b.{0,40}$|listen to (?:this|our)\b.{0,60}$",
    r"download (?:our|the)\b.{0,60}$|get (?:our|the) .{0,40}\b(?:app|newsletter)\b.{0,40}$",
    r"by(?: [A-Z][\w.’'-]+){2,4}(?:,? (?:and|for|[A-Z][\w.’'-]+)){0,6}$",
)

_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")
_HAS_WORD = re.compile(r"[^\W_]")


def _table(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"[^\w@#©(]*(?:" + "|".join(patterns) + ")", re.IGNORECASE)


_ALWAYS_PATTERN = _table(_ALWAYS)
_UNLESS_A_SENTENCE_PATTERN = _table(_UNLESS_A_SENTENCE)


def is_boilerplate(line: str) -> bool:
    """Whether a trimmed line is furniture: links, sharing, subscribing, rights, ornaments."""
    if len(line) >= MAX_BOILERPLATE_CHARACTER_COUNT:
        return False
    if not _HAS_WORD.search(line):
        return True
    if _ALWAYS_PATTERN.match(line):
        return True
    return not _SENTENCE_END.search(line) and bool(_UNLESS_A_SENTENCE_PATTERN.match(line))
