"""Generated news: passages whose terms are spread as in real news, from a seed.

A term is drawn in one of three ways, as people write: from the language at large, whose frequencies
follow a broken power law without end (so that the vocabulary grows with the corpus); from the few
dozen terms that an article keeps coming back to; or from its title, which is part of each passage.
Articles share some of their terms with others of the same story, and a story lasts some days.

`SHAPE` was fitted to 393,333 passages of three American outlets; `--describe` tells how well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.engines.corpus import Corpus
from benchmarks.engines.words import make_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    Numbers = npt.NDArray[np.int32]

_ARTICLES_A_BLOCK = 4096
_FIRST_DAY, _DAY_COUNT = 19_000, 1_461


@dataclass(frozen=True)
class Shape:
    """What generated news look like."""

    knots: tuple[tuple[float, float], ...] = (
        (1, 0.0090),
        (5, 0.0053),
        (33, 0.00210),
        (100, 0.00112),
        (300, 0.00058),
        (1_070, 0.000195),
        (2_680, 0.000058),
        (5_300, 0.0000195),
        (10_400, 0.0000058),
        (18_400, 0.0000019),
        (16_000_000, 3.5e-11),
    )
    """Rank of a term, and how often it is drawn; a power law between two knots."""
    passages_an_article: float = 8.0
    spread_of_articles: float = 0.7
    kept_term_count: int = 32
    keeping: float = 0.36
    """The share of a passage's terms that are drawn from those its article keeps."""
    title_lengths: tuple[int, int] = (5, 10)
    articles_a_story: int = 12
    story_days: float = 10.0
    story_term_count: int = 10
    """How many of its kept terms an article has from its story."""
    common_rank: int = 15
    """Terms of lower ranks are in no title and no story, and are not kept."""
    publisher_count: int = 50
    publisher_ranks: tuple[int, int] = (200, 17)
    """The rank of the first publisher's name, and the step to the next one's."""


SHAPE = Shape()


class Language:
    """Draws ranks of terms: a power law between each two knots."""

    def __init__(self, shape: Shape):
        ranks, frequencies = np.array(shape.knots).T
        self._exponents = np.log(frequencies[1:] / frequencies[:-1]) / np.log(
            ranks[1:] / ranks[:-1]
        )
        self._powers = 1 + self._exponents
        self._low = ranks[:-1] ** self._powers
        self._range = ranks[1:] ** self._powers - self._low
        masses = frequencies[:-1] / ranks[:-1] ** self._exponents * self._range / self._powers
        self._bounds = np.concatenate(([0.0], np.cumsum(masses) / masses.sum()))
        self._common = self.share_below(shape.common_rank)

    def share_below(self, rank: int) -> float:
        """Return how probable all lower ranks are together."""
        at = int(np.searchsorted(self._low ** (1 / self._powers), rank, side="right")) - 1
        within = (rank ** self._powers[at] - self._low[at]) / self._range[at]
        return float(self._bounds[at] + within * (self._bounds[at + 1] - self._bounds[at]))

    def draw(self, rng: np.random.Generator, count: int, *, common: bool = True) -> Numbers:
        """Draw ranks, from 1; without `common`, none of the most common ones."""
        chances = rng.random(count)
        if not common:
            chances = self._common + (1 - self._common) * chances
        at = np.searchsorted(self._bounds[1:-1], chances, side="right")
        chances -= self._bounds[at]
        chances *= (self._range / np.diff(self._bounds))[at]
        chances += self._low[at]
        np.power(chances, (1 / self._powers)[at], out=chances)
        return chances.astype(np.int32)


def generate(passage_count: int, seed: int, shape: Shape = SHAPE) -> Corpus:
    """Make a corpus; the same for the same arguments."""
    rng = np.random.default_rng(seed)
    article_of = _article_of(rng, passage_count, shape)
    article_count = int(article_of[-1]) + 1
    lengths = _lengths(rng, passage_count)
    publishers = np.minimum(rng.geometric(0.06, article_count), shape.publisher_count) - 1
    days = np.sort(rng.integers(_FIRST_DAY, _FIRST_DAY + _DAY_COUNT, article_count))
    ranks = np.concatenate(list(_ranks(rng, article_of, lengths, publishers, shape)))
    term_ids, used = _numbered(ranks, int(shape.knots[-1][0]) + 1)
    return Corpus(
        words=make_words(used),
        offsets=np.concatenate(([0], np.cumsum(lengths))),
        term_ids=term_ids,
        article_of=article_of,
        day_of=days.astype(np.int32),
        publisher_of=publishers.astype(np.int32),
    )


def _article_of(rng: np.random.Generator, passage_count: int, shape: Shape) -> Numbers:
    middle = np.log(shape.passages_an_article) - shape.spread_of_articles**2 / 2
    count = int(passage_count / shape.passages_an_article * 1.2) + 64
    sizes = np.rint(rng.lognormal(middle, shape.spread_of_articles, count)).astype(int).clip(1)
    while sizes.sum() < passage_count:
        sizes = np.concatenate((sizes, sizes))
    return np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)[:passage_count]


def _lengths(rng: np.random.Generator, count: int) -> npt.NDArray[np.int64]:
    """Most passages are nearly full; an article's last one, and one before a heading, is not."""
    full = rng.normal(69, 11, count)
    rest = rng.uniform(8, 62, count)
    lengths = np.where(rng.random(count) < 0.83, full, rest)
    return np.rint(lengths).astype(np.int64).clip(14, 130)


def _ranks(
    rng: np.random.Generator,
    article_of: Numbers,
    lengths: npt.NDArray[np.int64],
    publishers: npt.NDArray[np.int64],
    shape: Shape,
) -> Iterator[Numbers]:
    """Yield the ranks of all terms, some articles at a time."""
    language = Language(shape)
    article_count = int(article_of[-1]) + 1
    stories = _stories(rng, language, article_count, shape)
    for first in range(0, article_count, _ARTICLES_A_BLOCK):
        last = min(first + _ARTICLES_A_BLOCK, article_count)
        start, end = np.searchsorted(article_of, np.array([first, last], np.int32))
        kept = language.draw(rng, (last - first) * shape.kept_term_count, common=False)
        kept = kept.reshape(last - first, -1)
        of_story = rng.integers(0, stories.shape[1], (last - first, shape.story_term_count))
        which = _story_of(rng, np.arange(first, last), article_count, shape)
        kept[:, : shape.story_term_count] = np.take_along_axis(stories[which], of_story, axis=1)
        rng.permuted(kept, axis=1, out=kept)
        titles = _titles(rng, kept, publishers[first:last], shape)
        owners = np.repeat(article_of[start:end] - first, lengths[start:end])
        yield _terms(rng, language, kept, titles, owners, lengths[start:end], shape)


def _stories(
    rng: np.random.Generator, language: Language, article_count: int, shape: Shape
) -> Numbers:
    count = article_count // shape.articles_a_story + 1
    terms = language.draw(rng, count * shape.story_term_count * 3, common=False)
    return terms.reshape(count, -1)


def _story_of(
    rng: np.random.Generator, articles: npt.NDArray[np.int64], article_count: int, shape: Shape
) -> npt.NDArray[np.int64]:
    """Choose a story that began shortly before each article."""
    lasting = shape.story_days / _DAY_COUNT * article_count / shape.articles_a_story
    began = articles / shape.articles_a_story - rng.exponential(max(lasting, 1.0), len(articles))
    return began.astype(np.int64).clip(0)


def _titles(
    rng: np.random.Generator,
    kept: Numbers,
    publishers: npt.NDArray[np.int64],
    shape: Shape,
) -> Numbers:
    """Make titles of kept terms, closed by the publisher's name and filled up with zeros."""
    lengths = rng.integers(*shape.title_lengths, len(kept))
    titles = np.zeros((len(kept), shape.title_lengths[1] + 1), np.int32)
    titles[:] = kept[:, : titles.shape[1]]
    titles[np.arange(titles.shape[1]) > lengths[:, None]] = 0
    first, step = shape.publisher_ranks
    titles[np.arange(len(kept)), lengths] = first + step * publishers
    return titles


def _terms(
    rng: np.random.Generator,
    language: Language,
    kept: Numbers,
    titles: Numbers,
    owners: Numbers,
    lengths: npt.NDArray[np.int64],
    shape: Shape,
) -> Numbers:
    """Write passages: the title, then terms at large and kept ones in turns."""
    places = np.arange(len(owners)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    ranks = language.draw(rng, len(owners))
    # the power makes an article come back to some of its terms more than to others
    favoured = (rng.random(len(owners)) ** 1.3 * kept.shape[1]).astype(np.int64)
    np.copyto(ranks, kept[owners, favoured], where=rng.random(len(owners)) < shape.keeping)
    title = titles[owners, places.clip(max=titles.shape[1] - 1)]
    np.copyto(ranks, title, where=(title > 0) & (places < titles.shape[1]))
    return ranks


def _numbered(ranks: Numbers, limit: int) -> tuple[Numbers, Numbers]:
    """Give the ranks that occur numbers without gaps; return these, and the ranks by number."""
    occurs = np.zeros(limit + 1, np.bool_)
    occurs[ranks] = True
    numbers = np.cumsum(occurs, dtype=np.int32) - np.int32(1)
    return numbers[ranks], np.flatnonzero(occurs).astype(np.int32)
