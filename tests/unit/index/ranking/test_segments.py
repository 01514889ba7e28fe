from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ranking.arrays import BITMAP_WORDS, LIST_LIMIT, PAGE_SIZE, UNDATED
from index.ranking.building import Origin, SegmentBuilder
from index.ranking.merging import merge
from index.ranking.segment import Segment, encoded_term
from index.storage.segments.segment_file import open_segment_file, write_segment_file
from tests.unit.index.ranking.passages import Known, built, segment_of

# beginnings of others, shared first eight bytes, several bytes a letter, half of a surrogate pair
WORDS = [
    *("a", "ab", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghj", "abcdefghij", "abcdefgi"),
    *("", "é", "éé", "日本語", "日本語の新聞", "日本", "𝄞", "\ud800", "\uffff", "zzzzzzzzzzzzzzzz"),
]
TERMS = st.sampled_from(WORDS) | st.text(st.characters(exclude_characters="\0"), max_size=12)
TIMES = st.sampled_from([UNDATED, UNDATED + 1, -1, 0, 1, 5, 2**63 - 1])
PASSAGES = st.lists(
    st.tuples(
        st.lists(TERMS, max_size=6).map(tuple),
        TIMES,
        st.booleans(),
        st.sampled_from(["", "P", "É"]),
    ),
    max_size=12,
)


def known(bare):
    ids = range(10, 10 + 2 * len(bare), 2)
    return [Known(each, *fields) for each, fields in zip(ids, bare, strict=True)]


def holding(passages: list[Known], term: str) -> dict[int, int]:
    return {each.id: each.terms.count(term) for each in passages if term in each.terms}


def in_place(passages: list[Known]) -> list[Known]:
    return sorted(passages, key=lambda each: each.place)


def assert_same(one: Segment, other: Segment) -> None:
    assert one.meta == other.meta
    for name, values in one.arrays.named().items():
        same = other.arrays.named()[name]
        assert (values.dtype, values.tolist()) == (same.dtype, same.tolist()), name


@settings(deadline=None)
@given(bare=PASSAGES)
def test_each_term_is_found_where_it_is_and_nowhere_else(bare):
    passages = known(bare)
    segment = built(passages)
    held = {term for each in passages for term in each.terms}
    for term in {*held, *WORDS}:
        expected = holding(passages, term)
        entries = segment.find(term)
        if not expected:
            assert entries is None
            continue
        positions, frequencies = segment.postings(entries)
        ids = segment.ids_at(positions)
        assert dict(zip(ids.tolist(), frequencies.tolist(), strict=True)) == expected
        assert entries.frequency == len(expected)
        everywhere = np.arange(segment.passage_count)
        counts = [each.terms.count(term) for each in in_place(passages)]
        assert segment.frequencies_at(entries, everywhere).tolist() == counts


@settings(deadline=None)
@given(bare=PASSAGES, times=st.sampled_from([1, 12]), at_once=st.sampled_from([1, 2, 7, 40]))
def test_it_does_not_matter_how_much_is_laid_out_at_once(bare, times, at_once):
    passages = known(bare * times)
    assert_same(built(passages, keys_at_once=at_once), built(passages))


@pytest.mark.parametrize("terms", [("a\0",), ("a", "\0"), ("\0b", "a")])
def test_a_term_with_a_nul_character_is_refused(terms):
    with pytest.raises(ValueError, match="NUL"):
        built([Known(1, terms)])


@settings(deadline=None)
@given(bare=PASSAGES)
def test_terms_stand_in_the_order_of_their_bytes_with_their_counts(bare):
    passages = known(bare)
    segment = built(passages)
    counts = Counter(encoded_term(term) for each in passages for term in set(each.terms))
    assert segment.terms() == sorted(counts)
    assert [segment.term(number) for number in range(segment.term_count)] == sorted(counts)
    assert segment.document_frequencies().tolist() == [counts[term] for term in sorted(counts)]
    assert segment.posting_count == counts.total()


@settings(deadline=None)
@given(bare=PASSAGES)
def test_passages_stand_from_the_newest_to_the_oldest_with_the_undated_last(bare):
    passages = in_place(known(bare))
    segment = built(known(bare))
    everywhere = np.arange(len(passages))
    assert segment.ids_at(everywhere).tolist() == [each.id for each in passages]
    assert segment.times_at(everywhere).tolist() == [each.time for each in passages]
    assert segment.arrays.lengths.tolist() == [len(each.terms) for each in passages]
    assert segment.total_length == sum(len(each.terms) for each in passages)
    assert segment.longest == max((len(each.terms) for each in passages), default=0)


@settings(deadline=None)
@given(
    sizes=st.lists(st.tuples(st.integers(0, 4), st.integers(1, 5), TIMES), max_size=8),
    asked=st.lists(st.integers(-3, 60), max_size=20),
)
def test_ids_lead_to_positions_and_back(sizes, asked):
    builder = SegmentBuilder()
    ids, next_id = set(), 1
    for article, (count, gap, time) in enumerate(sizes):
        builder.add(Origin(article, next_id, time), [["a"]] * count)
        ids.update(range(next_id, next_id + count))
        next_id += count + gap
    segment = builder.build()
    positions = segment.positions_of(np.array(asked, np.int64))
    assert [position >= 0 for position in positions.tolist()] == [each in ids for each in asked]
    for each, position in zip(asked, positions.tolist(), strict=True):
        if position >= 0:
            assert segment.ids_at(np.array([position])).tolist() == [each]


def test_neighbours_of_one_article_share_what_is_known_of_it():
    builder = SegmentBuilder()
    builder.add(Origin(1, 10, 5), [["a"], ["b"], ["c"]])
    builder.add(Origin(2, 13, 5), [["a"]])
    builder.add(Origin(3, 20, 5), [["a"], ["b"]])
    assert builder.passage_count == 6
    assert builder.build().arrays.run_starts.tolist() == [0, 3, 4, 6]


@pytest.mark.parametrize("count", [63, 64, 65, 66, 300])
@pytest.mark.parametrize("frequency", [1, 2, 255, 256, 2047])
def test_postings_are_the_same_however_they_are_kept(count, frequency):
    # groups where there are more than 64, or where a frequency needs more than a byte
    passages = [Known(n, ("a",) * (frequency if n % 9 == 0 else 1)) for n in range(count)]
    segment = built(passages)
    entries = segment.find("a")
    assert entries.is_grouped is (count > 64 or frequency > 255)
    positions, frequencies = segment.postings(entries)
    assert dict(zip(positions.tolist(), frequencies.tolist(), strict=True)) == holding(
        passages, "a"
    )
    some = np.arange(0, count, 4)
    assert segment.frequencies_at(entries, some).tolist() == [
        len(passages[position].terms) for position in some.tolist()
    ]
    assert segment.document_frequencies().tolist() == [count]
    assert segment.highest_frequency == frequency


@pytest.mark.parametrize("count", [LIST_LIMIT - 1, LIST_LIMIT, LIST_LIMIT + 1, PAGE_SIZE])
@pytest.mark.parametrize("first", [0, 17, PAGE_SIZE - 1000])
def test_postings_are_the_same_as_a_list_and_as_a_bitmap(count, first):
    # frequency 1 from `first` on, over the end of a page, and 3 in every tenth passage of the rest
    positions = np.concatenate((np.arange(first), first + np.arange(count)))
    frequencies = np.where(positions < first, 3, 1)
    is_held = (positions >= first) | (positions % 10 == 0)
    positions, frequencies = positions[is_held], frequencies[is_held]
    lengths = np.full(first + count, 9)
    terms = np.zeros(len(positions), np.uint32)
    segment = segment_of(terms, positions.astype(np.uint32), frequencies, lengths)
    entries = segment.find("00000000")
    for group in segment.groups(entries):
        assert len(group.offsets()) == group.size
        assert len(group.members) == (BITMAP_WORDS if group.size > LIST_LIMIT else group.size)
    found, how_often = segment.postings(entries)
    order = np.argsort(found)
    assert found[order].tolist() == positions.tolist()
    assert how_often[order].tolist() == frequencies.tolist()
    everywhere = np.arange(first + count)
    expected = np.zeros(first + count, np.int64)
    expected[positions] = frequencies
    assert segment.frequencies_at(entries, everywhere).tolist() == expected.tolist()
    some = everywhere[5::1001]
    assert segment.frequencies_at(entries, some).tolist() == expected[some].tolist()
    again = merge([(segment, np.zeros(0, np.uint32))])
    assert_same(again, segment)


@settings(deadline=None)
@given(bare=PASSAGES, times=st.sampled_from([1, 70]))
def test_a_segment_from_a_file_is_the_segment_that_was_written(bare, times):
    segment = built(known(bare * times))
    assert_same(Segment.of(segment.arrays.named(), segment.meta), segment)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.segment"
        arrays = {name: [values] for name, values in segment.arrays.named().items()}
        write_segment_file(path, segment.meta, arrays)
        file = open_segment_file(path)
        read = Segment.of(file.arrays, file.meta)
        assert_same(read, segment)
        for term in WORDS:
            assert read.find(term) == segment.find(term)


@pytest.mark.parametrize("missing", ["entries", "runs_by_id", "meta"])
def test_what_is_no_segment_is_refused(missing):
    segment = built([Known(1, ("a",))])
    arrays, meta = segment.arrays.named(), segment.meta
    arrays.pop(missing, None)
    with pytest.raises((KeyError, TypeError)):
        Segment.of(arrays, {} if missing == "meta" else meta)


def test_no_array_of_a_segment_can_be_written_to():
    for values in built([Known(1, ("a", "abcdefghi"))] * 70).arrays.named().values():
        assert not values.flags.writeable


@pytest.mark.parametrize("term", ["\0", "a\0", "abcdefgh\0", "\0a", "abcdefghi\0j"])
def test_a_term_that_holds_a_nul_is_refused_and_not_found(term):
    with pytest.raises(ValueError, match="NUL"):
        built([Known(1, (term,))])
    assert built([Known(1, ("a", "abcdefgh", "", "abcdefghi"))]).find(term) is None


def test_a_passage_has_at_most_65535_terms():
    many = [f"t{n % 50}" for n in range(65_536)]
    assert built([Known(1, tuple(many[:-1]))]).longest == 65_535
    builder = SegmentBuilder()
    with pytest.raises(ValueError, match="65536 terms"):
        builder.add(Origin(1, 1), [["a"], many])
    assert builder.passage_count == 0
    assert builder.build().term_count == 0


def test_a_passage_holds_a_term_at_most_2047_times():
    assert built([Known(1, ("a",) * 2047)]).highest_frequency == 2047
    with pytest.raises(ValueError, match="2048 times"):
        built([Known(1, ("a",) * 2048)])


def test_more_distinct_terms_than_are_remembered_are_found_all_the_same():
    segment = built([Known(n, (f"t{n}", f"u{n}", f"v{n}")) for n in range(4)])
    for n in range(20_100):
        assert (segment.find(f"t{n}") is not None) is (n < 4)
    assert segment.find("t3") is not None
