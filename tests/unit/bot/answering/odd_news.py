"""Questions and articles of every kind that people, and machines, may write: for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from index import Article, PublicationTime

_WORDS = st.sampled_from(
    [
        "bridge", "ferry", "mayor", "closed", "said", "Pell", "Mara", "Finch", "41", "homes",
        "flood", "because", "£2.6", "million", "Dr.", "a.m.", "“never”", "“Never again,”", "(Wire)",
        "*bold*", "é", "@everyone", "<@1>", "你好", "He", "The plan", "\u202e", "\ud83d\ude00", "ß",
        "\u0130stanbul", "¹", "٣", "e\u0301", "1,2.3", "’s", "\x00", "-", "\u2028",
    ]
)  # fmt: skip
_SENTENCES = st.lists(_WORDS, min_size=1, max_size=25).map(lambda words: " ".join(words) + ".")
_TEXTS = st.lists(
    st.one_of(
        _SENTENCES,
        st.text(max_size=60),
        st.sampled_from(["\n", "\r\n", "\n\n", "x" * 450, "READ MORE: this", "a, " * 160]),
    ),
    min_size=1,
    max_size=12,
).map(" ".join)
_DAYS = st.one_of(
    st.none(), st.sampled_from(["0001-01-01", "2026-03-30", "2026-04-02", "2031-01-01"])
)


def _article(number: int, title: str, text: str, publisher: str | None, day: str | None) -> Article:
    published = PublicationTime.fromisoformat(day) if day else None
    return Article(str(number), title, text, None, publisher, None, published)


ARTICLES = st.lists(
    st.tuples(
        st.one_of(st.just(""), _SENTENCES, st.text(max_size=20)),
        _TEXTS,
        st.sampled_from([None, "The Pell", "é"]),
        _DAYS,
    ),
    max_size=5,
).map(lambda told: [_article(number, *each) for number, each in enumerate(told)])

# the rules of operators have tests of their own; here every question can be understood
QUESTIONS = st.one_of(
    st.lists(_WORDS.filter(lambda word: "-" not in word), min_size=1, max_size=6).map(
        lambda words: "Who " + " ".join(words) + "?"
    ),
    st.lists(st.sampled_from(["the", "of", "and", "who", "is", "it", "?"]), max_size=8).map(
        " ".join
    ),
    st.text(st.characters(exclude_characters='-:"“”„«»'), max_size=40),
    st.just("and when did the mayor of Pell close the bridge, " * 30),
)
