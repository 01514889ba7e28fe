"""Sentence boundary F1 of the splitter against gold sentences.

    uv run python -m benchmarks.sentences FILE...

A file is CoNLL-U (`.conllu`; `# text =` and paragraph marks are read) or plain text: a sentence a
line, a blank line between paragraphs, `#` opening a comment.
Public sets used: UD_English-GUM (its news documents), UD_English-PUD (ids that start with n), and
the press categories A, B and C of the Brown corpus (`brown.zip` of nltk_data).
"""

from __future__ import annotations

import re
import sys
import zipfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from index.analysis.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Paragraph = list[str]

_BROWN_PRESS = re.compile(r"brown/c[abc]\d\d$")
_FINAL_MARK = re.compile(r"[.?!][”)]*$")


def plain_paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a plain gold file."""
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.splitlines() if not line.startswith("#")]
        if sentences := [line for line in lines if line]:
            yield sentences


def conllu_paragraphs(lines: Iterable[str]) -> Iterator[Paragraph]:
    """Yield paragraphs of a CoNLL-U file; of GUM only its news, of PUD only its news."""
    paragraph: Paragraph = []
    wanted = True
    for line in lines:
        name, _, value = line.removeprefix("#").strip().partition(" = ")
        if not line.startswith("#"):
            continue
        if name.startswith(("newdoc", "newpar")):
            if paragraph:
                yield paragraph
            paragraph = []
        if name == "sent_id":
            wanted = value.startswith(("GUM_news", "n0"))
        elif name == "text" and wanted:
            paragraph.append(value.strip())
    if paragraph:
        yield paragraph


def brown_paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a tagged Brown file, put back into running text.

    A line without a final mark is a heading or a dateline, and a paragraph of its own.
    """
    for block in re.split(r"\n\s*\n", text):
        lines = [_untagged(line) for line in block.splitlines() if line.strip()]
        for is_sentence, group in groupby(lines, lambda line: bool(_FINAL_MARK.search(line))):
            run = list(group)
            yield from [run] if is_sentence else ([line] for line in run)


def _untagged(line: str) -> str:
    text = " ".join(token.rsplit("/", 1)[0] for token in line.split())
    # a mark is repeated where it ends both a quotation and its sentence
    text = re.sub(r"([?!;.]) \1", r"\1", text).replace("`` ", "“").replace("``", "“")
    text = re.sub(r" ?''", "”", text)
    return re.sub(r"([(\[]) | (?=[,.;:?!)\]])", r"\1", text)


def read_paragraphs(path: Path) -> list[Paragraph]:
    """Read a gold file of any of the kinds above."""
    if path.suffix == ".conllu":
        return list(conllu_paragraphs(path.read_text("utf-8").splitlines()))
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            names = sorted(name for name in archive.namelist() if _BROWN_PRESS.search(name))
            texts = [archive.read(name).decode("ascii") for name in names]
        return [paragraph for text in texts for paragraph in brown_paragraphs(text)]
    return list(plain_paragraphs(path.read_text("utf-8")))


def boundaries(paragraph: Paragraph) -> tuple[set[int], set[int]]:
    """Return the gold and the found ends of sentences, without the paragraph's own end."""
    text = " ".join(paragraph)
    gold, at = set(), -1
    for sentence in paragraph:
        at += len(sentence) + 1
        gold.add(at)
    found = {end for _, end in split_sentences(text)}
    return gold - {len(text)}, found - {len(text)}


def score(paragraphs: Iterable[Paragraph]) -> tuple[float, float, float]:
    """Return the F1, precision and recall of sentence ends inside paragraphs."""
    right = wrong = missed = 0
    for paragraph in paragraphs:
        gold, found = boundaries(paragraph)
        right += len(gold & found)
        wrong += len(found - gold)
        missed += len(gold - found)
    precision = right / ((right + wrong) or 1)
    recall = right / ((right + missed) or 1)
    return 2 * precision * recall / ((precision + recall) or 1), precision, recall


def main() -> None:
    """Print a row a file."""
    for name in sys.argv[1:]:
        paragraphs = read_paragraphs(Path(name))
        f1, precision, recall = score(paragraphs)
        print(f"{name}: {len(paragraphs)} paragraphs, F1 {f1:.4f} P {precision:.4f} R {recall:.4f}")


if __name__ == "__main__":
    main()
