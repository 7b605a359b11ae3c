"""``sayso fetch``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sayso.cli.options import ledger_option, no_link_option, read_with, where_unsaid
from sayso.cli.output import how_to_go_on, in_words, print_json, say, say_where_it_goes

if TYPE_CHECKING:
    from sayso.fetching import Tally
    from sayso.pipeline import Outcome
    from sayso.types import Quarantined


@click.command()
@click.argument("urls", metavar="[URL…]", nargs=-1)
@ledger_option
@click.option("--feed", "feeds", metavar="URL", multiple=True, help="Fetch the pages that this feed lists.")
@click.option("--sitemap", "sitemaps", metavar="URL", multiple=True, help="Fetch the pages that this sitemap lists.")
@click.option(
    "--limit", "most", metavar="N", type=click.IntRange(min=1), help="At most so many of each list.  [default: 100]"
)
@click.option("--allow-local", is_flag=True, default=None, help="Fetch from this machine and the local network, too.")
@click.option("--json", "as_json", is_flag=True, help="Print each reading as a line of JSON, too.")
@where_unsaid
@read_with
@no_link_option
def fetch(
    urls: tuple[str, ...],
    ledger: str | None,
    feeds: tuple[str, ...],
    sitemaps: tuple[str, ...],
    most: int | None,
    as_json: bool,
    no_link: bool,
    **settings: Any,
) -> None:
    """Get pages from the web, and read them into the ledger.

    URL is the address of a page, http or https. --feed and --sitemap fetch the pages that an RSS or Atom feed or a
    sitemap lists, the newest first. What was asked and what was answered is kept in the ledger, byte for byte; sayso
    article shows when, and sayso export warc takes it away. A page that has not changed is not read again.

    A site's robots.txt is kept to, and no host is asked more than once a second. Nothing on this machine or in the
    local network is fetched, also by way of redirects, unless --allow-local says so. No other command opens
    connections to pages. It needs more than reading does: pip install 'sayso[fetch]'.

    \b
    Examples:
      sayso fetch https://harbour-post.example/2031/shells-on-orvane.html
      sayso fetch --feed https://harbour-post.example/news.xml --limit 20
    """
    if not (urls or feeds or sitemaps):
        raise click.UsageError("nothing to fetch. Give a URL, or --feed URL, or --sitemap URL.")
    from sayso.fetch import check_installed

    check_installed()
    from sayso import config, fetching, pipeline
    from sayso.cli.link import link_all
    from sayso.cli.progress import Counting, Progress
    from sayso.ledger import Ledger

    settled = config.load({"ledger": ledger, **settings})
    say_where_it_goes(settled)
    asked = fetching.Asked(urls, feeds, sitemaps, most)
    with Ledger.open(settled.ledger) as store:
        with Counting("fetching", "pages") as fetched, Progress((), shown=False) as progress:

            def watch(outcome: Outcome | Quarantined) -> None:
                progress.advance(outcome)
                if as_json and isinstance(outcome, pipeline.Outcome) and outcome.reading:
                    print_json(outcome.reading.to_json())

            summary, tally = fetching.run(asked, settled, store, again=as_json, watch=watch, told=fetched.advance)
        say(_got(tally))
        if summary.read or summary.known or summary.unread or summary.quarantined or summary.stopped:
            say(in_words(summary))
        if not no_link:
            link_all(store)
    if summary.stopped:
        say(f"stopped: {summary.stopped.removesuffix('.')}. {how_to_go_on(stored=True, as_json=as_json)}")
    if summary.quarantined or summary.stopped:
        click.get_current_context().exit(1)


def _got(tally: Tally) -> str:
    counts = (
        (tally.fetched, "fetched"),
        (tally.unchanged, "unchanged"),
        (tally.passed, "listed as unchanged and not asked for"),
    )
    return "pages: " + "; ".join(f"{count:,} {what}" for count, what in counts if count or what == "fetched") + "."
