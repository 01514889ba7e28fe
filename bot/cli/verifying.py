"""`pullquote verify`: whether what is stored agrees with itself and with the search index."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.indexing import termination_as_interrupt
from bot.cli.options import AsJson, DataDir, data_dir_of
from bot.cli.printing import print_json

if TYPE_CHECKING:
    from pathlib import Path

    from bot.operations.verification import Finding, Verification

SOMETHING_WRONG = 1


def verify(
    *,
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Mend what can be made anew from the stored articles."),
    ] = False,
    terms: Annotated[
        bool,
        typer.Option("--terms", help="Analyse every article again, and compare its terms, too."),
    ] = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Check the databases, every passage, and the search index against the articles.

    The bot may go on meanwhile. Exits with 1 when anything is wrong, and after --repair when
    anything is left to do.
    """
    with termination_as_interrupt():
        found, left = asyncio.run(_verified(data_dir_of(data_dir), repair=repair, terms=terms))
    if as_json:
        print_json(_value(found, left))
    else:
        for line in _lines(found, left):
            typer.echo(line)
    if left.findings:
        raise typer.Exit(SOMETHING_WRONG)


async def _verified(
    data_dir: Path, *, repair: bool, terms: bool
) -> tuple[Verification, Verification]:
    from bot.operations.repair import repaired
    from bot.operations.verification import verify as verified

    found = await verified(data_dir, with_terms=terms)
    if not (repair and found.findings):
        return found, found
    return found, await repaired(data_dir, found, with_terms=terms)


def _lines(found: Verification, left: Verification) -> list[str]:
    from bot.operations.verification import ADVICE
    from bot.views.terminal import one_line

    mended = [each for each in found.findings if each not in left.findings]
    lines = [f"{each.place}: {each.problem}: mended" for each in mended]
    lines += [f"{each.place}: {each.problem}; {ADVICE[each.remedy]}" for each in left.findings]
    if not left.findings:
        lines.append(
            f"All is well: {left.passage_count:,} passages, {left.saved_count:,} of them in the "
            "search index on disk."
        )
    return [one_line(line) for line in lines]


def _value(found: Verification, left: Verification) -> dict[str, Any]:
    return {
        "sound": not left.findings,
        "passages": left.passage_count,
        "saved_passages": left.saved_count,
        "mended": [_finding(each) for each in found.findings if each not in left.findings],
        "findings": [_finding(each) for each in left.findings],
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {"place": finding.place, "problem": finding.problem, "remedy": str(finding.remedy)}
