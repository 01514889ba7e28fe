"""What `index` and `bot.answering` say to people, as templates to know it by and to translate.

Each is the English text as it is said there; the names of placeholders are those of `recognising`.
Tests find what is said there and not here.
"""

from __future__ import annotations

from bot.texts.reasons_from_below import OF_FEEDS, OF_FILES

_QUESTIONS = (
    (
        "No time is both since {since_day} and before {before_day}; "
        "exchange `since` and `until`, or leave one out."
    ),
    "No article is from {one} and from {other}; leave one publisher out.",
    "There is no news from {typed} in what I have; did you mean publisher:{nearest}?",
    "There is no news from {typed} in what I have; check its name.",
    (
        "{typed} is not a date that I understand; "
        "write it like 2026-03-04, 2026-03, yesterday, 3 days ago or 2w."
    ),
    "That only says what to leave out; add a word to look for, like rain -sport.",
    "That only says where to look; add a word to look for, like rain since:yesterday.",
    (
        "All words in {typed} are in nearly every article; "
        "add a word that tells more, in the quotes or beside them."
    ),
    'The quote that opens before {typed} is not closed; type a " after the phrase, too.',
    'There are no words between two of the quotes; type a phrase like "interest rates".',
    (
        "A filter cannot be left out, as in {typed}; only words and phrases "
        'can, like -sport or -"local elections".'
    ),
    (
        "There is nothing after {name}: in that; write it like "
        "{name}:{example}, without a space, or leave out the colon."
    ),
)
_READINGS = (
    '"{phrase}" word for word',
    '"{phrase}" as single words, since nothing that has it word for word answers',
)
_RUNS = (
    "An index run is already at work; wait for it to end, then try again.",
    "Pullquote is already writing this index; wait for it to end, then try again.",
    "Pullquote is already writing this index (pid {pid}); wait for it to end, then try again.",
)
_SUGGESTIONS = (
    "No news is indexed yet; `pullquote index` and `/reindex` read it in.",
    "Name a person, a place or a thing, so that I know what to look for.",
    "Try without the publisher or author you chose.",
    "None of these words is in the news I have; check their spelling.",
    "Other words, or a name, may find what answers.",
)
_EXPLANATIONS = (
    "confidence: no passage holds a word of the question",
    "rank {rank_count} of {count} passages looked at",
)
TEMPLATES = (*_QUESTIONS, *_READINGS, *_RUNS, *_SUGGESTIONS, *_EXPLANATIONS, *OF_FEEDS, *OF_FILES)
"""All of them but those about measures."""
