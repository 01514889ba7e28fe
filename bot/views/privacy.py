"""What is kept of a person, in plain words: for how long and why. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.storage.people import Kept
from bot.views.message import MessageText

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.storage.people import PersonCounts
    from bot.texts import Texts


_OF_YOU = (
    Kept.QUESTIONS, Kept.SEARCHES, Kept.ALERTS, Kept.DIGESTS, Kept.RATINGS, Kept.BLOCKS
)  # fmt: skip


def privacy_text(counts: PersonCounts, kept_days: int, texts: Texts) -> MessageText:
    """Say what is kept of a person and what of nobody in particular, for how long, and why."""
    of_you = [_TOLD[kept](counts, kept_days, texts) for kept in _OF_YOU]
    blocks = (
        _listed(texts.say("What I keep of you"), of_you),
        _listed(texts.say("What else there is"), _besides(texts)),
        texts.say(
            "{export} gives you all of it as a file, {delete} deletes it.",
            export=texts.command("privacy export"),
            delete=texts.command("privacy delete"),
        ),
    )
    return MessageText(blocks)


def _listed(title: str, lines: list[str]) -> str:
    return "\n".join([f"**{title}**", *(f"- {line}" for line in lines)])


def _alerts(counts: PersonCounts, kept_days: int, texts: Texts) -> str:
    told = [
        texts.say_counted(
            "Your alerts, of which there are {alerts} now: your Discord id, what they look for, "
            "quiet hours and language, until you remove them; which stories they told you, for "
            "{count} day.",
            "Your alerts, of which there are {alerts} now: your Discord id, what they look for, "
            "quiet hours and language, until you remove them; which stories they told you, for "
            "{count} days.",
            count=kept_days,
            alerts=counts.alerts,
        )
    ]
    if counts.channel_alerts:
        told.append(
            texts.say_counted(
                "{count} alert that you added to a channel is its server's, and notes your id.",
                "{count} alerts that you added to channels are their servers', and note your id.",
                count=counts.channel_alerts,
            )
        )
    return " ".join(told)


def _digests(counts: PersonCounts, _kept_days: int, texts: Texts) -> str:
    told = [
        texts.say_counted(
            "Your digest, of which there is {count} now: your Discord id, when it is told and in "
            "which language, until you stop it; which stories it told you, for 30 days.",
            "Your digest, of which there are {count} now: your Discord id, when it is told and in "
            "which language, until you stop it; which stories it told you, for 30 days.",
            count=counts.digests,
        )
    ]
    if counts.channel_digests:
        told.append(
            texts.say_counted(
                "{count} digest that you added to a channel is its server's, and notes your id.",
                "{count} digests that you added to channels are their servers', and note your id.",
                count=counts.channel_digests,
            )
        )
    return " ".join(told)


def _ratings(counts: PersonCounts, kept_days: int, texts: Texts) -> str:
    return texts.say_counted(
        "Which answers you found helpful or not, of which there are {ratings} now: your Discord "
        "id, the answer and when, for {count} day.",
        "Which answers you found helpful or not, of which there are {ratings} now: your Discord "
        "id, the answer and when, for {count} days.",
        count=kept_days,
        ratings=counts.ratings,
    )


def _questions(counts: PersonCounts, kept_days: int, texts: Texts) -> str:
    return texts.say_counted(
        "What you asked, of which there are {questions} now: your Discord id, server, the words "
        "and which quotes answered, for {count} day, so that the buttons below an answer work.",
        "What you asked, of which there are {questions} now: your Discord id, server, the words "
        "and which quotes answered, for {count} days, so that the buttons below an answer work.",
        count=kept_days,
        questions=counts.questions,
    )


def _searches(counts: PersonCounts, kept_days: int, texts: Texts) -> str:
    return texts.say_counted(
        "What you searched for, of which there are {searches} now: your Discord id, the server and "
        "the words, for {count} day, so that pages can be turned.",
        "What you searched for, of which there are {searches} now: your Discord id, the server and "
        "the words, for {count} days, so that pages can be turned.",
        count=kept_days,
        searches=counts.searches,
    )


def _blocks(counts: PersonCounts, _kept_days: int, texts: Texts) -> str:
    return texts.say(
        "Where those who run a server do not want you answered, of which there are {blocks} now: "
        "your Discord id, until they let you in again; it is theirs to delete.",
        blocks=counts.blocks,
    )


_TOLD: Mapping[Kept, Callable[[PersonCounts, int, Texts], str]] = {
    Kept.ALERTS: _alerts,
    Kept.DIGESTS: _digests,
    Kept.RATINGS: _ratings,
    Kept.QUESTIONS: _questions,
    Kept.SEARCHES: _searches,
    Kept.BLOCKS: _blocks,
}


def _besides(texts: Texts) -> list[str]:
    return [
        texts.say(
            "What those who run a server have decided there, and no person, until they reset it or "
            "remove me."
        ),
        texts.say(
            "For a short while, and in no file, I remember when you last asked, so that nobody "
            "asks too much at once."
        ),
        texts.say(
            "My log says what was done and when, but not by whom; what was asked only stands in it "
            "where whoever runs me wants that."
        ),
        texts.say(
            "Backups that whoever runs me has made hold what was kept then. What stands in "
            "Discord's messages is kept by Discord."
        ),
    ]


# ── deleting ─────────────────────────────────────────────────────────────────
def asking_text(counts: PersonCounts, texts: Texts) -> MessageText:
    """Ask whether all that is kept should go; something must be kept."""
    question = texts.say("Delete all that I keep of you? It cannot be undone.")
    return MessageText((f"**{question}**\n{_going(counts, texts)}",))


def forgotten_text(counts: PersonCounts, texts: Texts) -> MessageText:
    """Say what was deleted."""
    if not counts.is_forgettable:
        return nothing_text(counts, texts)
    done = texts.say("Deleted, all that was there:")
    return MessageText((f"**{done}**\n{_going(counts, texts)}",))


def nothing_text(counts: PersonCounts, texts: Texts) -> MessageText:
    """Say that nothing is kept of a person that could be deleted."""
    nothing = texts.say("I keep nothing of you.")
    if counts.blocks:
        nothing = texts.say("I keep nothing of you that I could delete.")
    return MessageText(("\n".join(filter(None, (nothing, _staying(counts, texts)))),))


def _staying(counts: PersonCounts, texts: Texts) -> str | None:
    if not counts.blocks:
        return None
    told = texts.say_counted(
        "{count} server does not want you answered; that stays, as it is the server's.",
        "{count} servers do not want you answered; that stays, as it is the servers'.",
        count=counts.blocks,
    )
    return f"-# {told}"


def _going(counts: PersonCounts, texts: Texts) -> str:
    """Return what goes, a line for each kind that there is."""
    lines = []
    if counts.questions:
        lines.append(
            texts.say_counted("{count} question", "{count} questions", count=counts.questions)
        )
    if counts.searches:
        lines.append(texts.say_counted("{count} search", "{count} searches", count=counts.searches))
    if counts.alerts:
        lines.append(
            texts.say_counted("{count} alert", "{count} alerts", count=counts.alerts),
        )
    if counts.digests:
        lines.append(texts.say_counted("{count} digest", "{count} digests", count=counts.digests))
    if counts.ratings:
        lines.append(
            texts.say_counted(
                "{count} answer rated", "{count} answers rated", count=counts.ratings
            ),
        )
    if counts.channel_alerts:
        lines.append(
            texts.say_counted(
                "your id in {count} alert of a channel, which stays, as it is the server's",
                "your id in {count} alerts of channels, which stay, as they are the servers'",
                count=counts.channel_alerts,
            )
        )
    if counts.channel_digests:
        lines.append(
            texts.say_counted(
                "your id in {count} digest of a channel, which stays, as it is the server's",
                "your id in {count} digests of channels, which stay, as they are the servers'",
                count=counts.channel_digests,
            )
        )
    listed = [f"- {line}" for line in lines]
    return "\n".join(filter(None, (*listed, _staying(counts, texts))))


# ── handing over ─────────────────────────────────────────────────────────────
def exported_text(texts: Texts) -> str:
    """Say what the file is."""
    return texts.say(
        "This is all that I keep of you; {show} says what it is.",
        show=texts.command("privacy show"),
    )
