"""`pullquote evaluate`: how good the answers are, on questions whose answers are known."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.indexing import progress_shown, termination_as_interrupt
from bot.cli.options import AsJson, DataDir, data_dir_of
from bot.cli.printing import print_json, print_styled
from index.errors import PullquoteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager

    from bot.evaluation.corpus import Corpus
    from bot.evaluation.judgments import JudgedQuestion, QuestionId
    from bot.evaluation.replies import Reply
    from bot.evaluation.telling import Evaluated
    from index import KernelLoader

_Questions = Annotated[
    Path,
    typer.Option(
        metavar="FILE",
        help='Judged questions, a line each: {"id", "question", "date"?, "answers", '
        '"evidence": [{"article_id", "text"}], "answerable", "type"?}. Or a BEIR folder, or '
        "one of its qrels/*.tsv.",
    ),
]
_Corpus = Annotated[
    Path | None,
    typer.Option(
        metavar="PATH",
        help="Articles to ask, indexed for the moment; without it, those of the data "
        "directory, or of the BEIR folder.",
    ),
]
_Before = Annotated[
    str | None,
    typer.Option(metavar="D", help="Only articles published before this day."),
]
_Run = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write the answers as `ask --batch --json` prints them."),
]
_Against = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Compare with another run: one of --run, or a TREC run of articles.",
    ),
]
_Trec = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Write TREC runs and qrels, of passages and of articles."),
]
_Beir = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Write passages, questions and qrels as a BEIR folder."),
]
_Qrels = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="TREC qrels of articles, in place of those of the evidence."),
]
_Measure = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Measure this with ir_measures as well, such as AP@10; may be given again.",
    ),
]

# fewer are asked sooner than the compiled search is loaded
_MANY_QUESTIONS = 200


@dataclass(frozen=True, slots=True)
class Place:
    """What is asked: files indexed for the moment, or else a data directory; and until when."""

    corpus: Path | None
    data_dir: Path | None
    before: datetime | None

    def opened(self, kernel: KernelLoader, *, quiet: bool) -> AbstractAsyncContextManager[Corpus]:
        """Open it, with a bar while files are read."""
        from bot.evaluation.corpus import indexed_for_now, kept_in

        if self.corpus is not None:
            if not self.corpus.exists():
                raise PullquoteError(f"{self.corpus} is not there; name a file or folder of news.")
            shown = partial(progress_shown, quiet=quiet)
            return indexed_for_now(self.corpus, self.before, kernel, shown)
        return kept_in(data_dir_of(self.data_dir), self.before, kernel)


def evaluate(
    *,
    questions: _Questions,
    corpus: _Corpus = None,
    before: _Before = None,
    run: _Run = None,
    against: _Against = None,
    trec: _Trec = None,
    beir: _Beir = None,
    qrels: _Qrels = None,
    measure: _Measure = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Measure the answers to judged questions.

    Each question is asked on its date. Intervals are those of 95 % of 2,000 resamples of the
    questions.
    """
    if corpus is not None and data_dir is not None:
        raise typer.BadParameter("--corpus is indexed for the moment; leave out --data-dir")
    from bot.evaluation.outside import known_measures
    from bot.evaluation.telling import tell

    if measure:
        # before minutes of work, not after them
        known_measures(measure)
    judged = _judged(questions, qrels)
    other = _other_run(against) if against is not None else None
    place = Place(corpus or _own_corpus(questions, data_dir), data_dir, _moment(before))
    with termination_as_interrupt():
        done = asyncio.run(_ask(judged, place, keeps_passages=beir is not None, quiet=as_json))
    _write(done, run=run, trec=trec, beir=beir)
    told = tell(done, measure or (), other, str(against))
    if as_json:
        print_json(told.value)
    else:
        print_styled(iter(told.lines))


def _moment(before: str | None) -> datetime | None:
    from index.query.dates import parse_range

    return parse_range(before, datetime.now(UTC)).since if before is not None else None


def _is_beir(questions: Path) -> bool:
    return questions.is_dir() or questions.suffix == ".tsv"


def _own_corpus(questions: Path, data_dir: Path | None) -> Path | None:
    """Return the corpus that a BEIR folder brings along, if nothing else is to be asked."""
    folder = questions if questions.is_dir() else questions.parent.parent
    own = folder / "corpus.jsonl"
    return own if data_dir is None and _is_beir(questions) and own.exists() else None


def _judged(path: Path, qrels: Path | None) -> Sequence[JudgedQuestion]:
    from bot.evaluation.beir import read_beir_questions
    from bot.evaluation.files import read_qrels, read_questions
    from bot.evaluation.trec import graded

    questions = read_beir_questions(path) if _is_beir(path) else read_questions(path)
    return questions if qrels is None else graded(questions, read_qrels(qrels))


def _other_run(path: Path) -> Mapping[QuestionId, Reply]:
    from bot.evaluation.files import read_run

    return read_run(path)


async def _ask(
    questions: Sequence[JudgedQuestion], place: Place, *, keeps_passages: bool, quiet: bool
) -> Evaluated:
    from bot.evaluation.asking import ask_all
    from bot.evaluation.telling import Evaluated
    from index import KernelLoader

    kernel = KernelLoader()
    if len(questions) >= _MANY_QUESTIONS:
        kernel.load()
    async with place.opened(kernel, quiet=quiet) as corpus:
        for refusal in corpus.refusals:
            typer.echo(f"refused: {refusal}", err=True)
        with _asking_shown(len(questions), quiet=quiet) as on_asked:
            run = ask_all(questions, corpus.searcher, datetime.now(UTC), on_asked)
        passages = await corpus.passages() if keeps_passages else ()
        return Evaluated(questions, run, corpus.searcher.passage_count, passages)


@contextmanager
def _asking_shown(count: int, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """Show a bar on standard error while questions are asked, where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(bar_width=20), MofNCompleteColumn(), TextColumn("questions"))
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("asking", total=count)
        yield lambda: bar.advance(task)


def _write(done: Evaluated, *, run: Path | None, trec: Path | None, beir: Path | None) -> None:
    from bot.evaluation.beir import write_beir
    from bot.evaluation.files import write_all, write_lines
    from bot.evaluation.trec import trec_files

    if run is not None:
        write_lines(run, map(json.dumps, done.run.lines))
    if trec is not None:
        write_all(trec, trec_files(done.run, done.questions))
    if beir is not None:
        write_beir(beir, done.run, done.questions, done.passages)
