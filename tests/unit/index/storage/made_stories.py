"""Stories as they come in, made up from few words: the same number makes the same text."""

import random
from datetime import UTC, datetime
from typing import Any

from index.analysis.fingerprints import fingerprint
from index.analysis.passages import split_passages
from index.model import Article, PublicationTime
from index.storage.incoming_story import IncomingStory

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
WORDS = [
    "council",
    "harbour",
    "bridge",
    "minister",
    "storm",
    "railway",
    "budget",
    "vote",
    "flood",
    "school",
    "market",
    "engine",
    "island",
    "doctor",
    "theatre",
    "winter",
    "report",
    "captain",
    "letter",
    "garden",
    "museum",
    "border",
    "signal",
    "forest",
    "copper",
]


def text_of(seed, sentence_count=30):
    rng = random.Random(seed)
    sentences = (" ".join(rng.choices(WORDS, k=12)).capitalize() for _ in range(sentence_count))
    return ". ".join(sentences) + "."


def story(seed=1, **changes: Any):
    """Return a story of its own text, address and publisher; `identities` may be given."""
    name = changes.pop("name", f"a{seed}")
    identities = changes.pop("identities", (f"url:{name}.test/1",))
    others = {
        key: changes.pop(key)
        for key in ("page", "feed_id", "is_announced", "line_hashes", "host")
        if key in changes
    }
    article = Article(
        **{
            "id": f"https://{name}.test/1",
            "title": f"Title {seed}",
            "text": text_of(seed),
            "url": f"https://{name}.test/1",
            "publisher": name.upper(),
            "published": PublicationTime(NOW),
            **changes,
        }
    )
    spans = split_passages(article.text, title=article.title)
    return IncomingStory(article, spans, identities, fingerprint(article.text), **others)
