"""`pullquote feeds`: what news comes from by itself, and how that goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import with_feeds
from bot.cli.opml import export_opml, import_opml
from bot.cli.options import AsJson, DataDir
from bot.cli.printing import print_json, print_styled
from bot.cli.typed_values import field_map_of, seconds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.gathering.feeds import Feeds
    from index.model import Feed

_Named = Annotated[
    str,
    typer.Argument(
        metavar="FEED",
        help="Its number, its address, or a part of its title or address that no other has.",
        show_default=False,
    ),
]
_Address = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS",
        help="The web address of a feed, sitemap, JSON list, site or page; or a folder.",
        show_default=False,
    ),
]
_Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=PATH",
        help="Where a JSON list has its articles and their fields: items=response.docs, "
        "title=headline.main; again for more.",
    ),
]


def feeds_app() -> typer.Typer:
    """Return the commands under `pullquote feeds`."""
    app = typer.Typer(
        name="feeds",
        no_args_is_help=True,
        rich_markup_mode=None,
        help="Say what news comes from by itself.",
    )
    named: dict[str, Callable[..., None]] = {
        "add": add,
        "list": list_all,
        "show": show,
        "pause": pause,
        "resume": resume,
        "remove": remove,
        "test": try_out,
        "import": import_opml,
        "export": export_opml,
    }
    for name, command in named.items():
        app.command(name)(command)
    return app


def add(
    address: _Address,
    *,
    publisher: Annotated[
        str | None, typer.Option(metavar="P", help="Who publishes it, where it does not say.")
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option(metavar="T", help="A word to sort it under; again for more.")
    ] = None,
    every: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="How often to poll it: 15m, 2h, 1d."),
    ] = None,
    field: _Fields = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Follow a feed, a site, a page or a folder.

    Of a site, the feeds that it names are followed. Nothing is fetched but what tells them apart;
    `pullquote ingest` and `pullquote run` bring the stories in.
    """
    seconds, fields = seconds_of(every), field_map_of(field or ())
    added = with_feeds(
        data_dir,
        lambda feeds: feeds.add(
            _place(address),
            publisher=publisher,
            tags=tuple(tag or ()),
            every_seconds=seconds,
            field_map=fields,
        ),
    )
    _show_all(added, as_json=as_json)


def list_all(*, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """List what is followed, and how it goes."""
    followed = with_feeds(data_dir, lambda feeds: feeds.all())
    _show_all(followed, as_json=as_json)
    if not followed and not as_json:
        typer.echo("No feed is followed; add one with `pullquote feeds add ADDRESS`.", err=True)


def show(feed: _Named, *, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Show all that is known of one feed."""
    _show_one(with_feeds(data_dir, lambda feeds: feeds.find(feed)), as_json=as_json)


def pause(
    feed: _Named,
    *,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why, for whoever looks at it later.")
    ] = "",
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Poll a feed no more until it is resumed; its articles stay."""

    async def paused(feeds: Feeds) -> Feed:
        found = await feeds.find(feed)
        await feeds.pause(found, reason)
        return await feeds.find(str(found.id))

    _show_one(with_feeds(data_dir, paused), as_json=as_json)


def resume(feed: _Named, *, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Poll a feed again that was paused, by you or by what happened to it."""

    async def resumed(feeds: Feeds) -> Feed:
        found = await feeds.find(feed)
        await feeds.resume(found)
        return await feeds.find(str(found.id))

    _show_one(with_feeds(data_dir, resumed), as_json=as_json)


def remove(
    feed: _Named,
    *,
    with_articles: Annotated[
        bool, typer.Option("--with-articles", help="Remove the articles that it brought as well.")
    ] = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Follow a feed no more; its articles stay, unless you say otherwise."""

    async def removed(feeds: Feeds) -> tuple[Feed, int]:
        found = await feeds.find(feed)
        return found, await feeds.remove(found, with_articles=with_articles)

    gone, count = with_feeds(data_dir, removed)
    if as_json:
        from bot.views.feeds_as_json import feed_value

        print_json({"feed": feed_value(gone), "removed_articles": count})
    else:
        from bot.views.terminal import one_line
        from bot.views.terminal_counts import counted

        articles = f", and {counted(count, 'article')} of it removed" if with_articles else ""
        typer.echo(f"{one_line(gone.name)} is not followed any more{articles}.")


def try_out(
    address: _Address, *, field: _Fields = None, as_json: AsJson = False, data_dir: DataDir = None
) -> None:
    """Fetch an address and show what it would bring, without storing anything."""
    fields = field_map_of(field or ())
    sample = with_feeds(data_dir, lambda feeds: feeds.test(_place(address), fields))
    if as_json:
        from bot.views.feeds_as_json import sample_value

        print_json(sample_value(sample))
    else:
        from bot.views.feeds_in_terminal import sample_lines

        print_styled(sample_lines(sample))


def _place(address: str) -> str:
    # what is here is named from here; anything else is for whoever looks on the web
    return str(Path(address).expanduser().resolve()) if _is_folder(address) else address


def _is_folder(address: str) -> bool:
    try:
        return Path(address).expanduser().is_dir()
    except (OSError, ValueError, RuntimeError):
        return False


def _show_all(feeds: Sequence[Feed], *, as_json: bool) -> None:
    if as_json:
        from bot.views.feeds_as_json import feed_value

        print_json({"feeds": [feed_value(feed) for feed in feeds]})
    else:
        from bot.views.feeds_in_terminal import feeds_lines

        print_styled(feeds_lines(feeds))


def _show_one(feed: Feed, *, as_json: bool) -> None:
    if as_json:
        from bot.views.feeds_as_json import feed_value

        print_json(feed_value(feed))
    else:
        from bot.views.feeds_in_terminal import feed_lines

        print_styled(feed_lines(feed))
