"""``sayso read``."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.options import engine_option, ledger_option, no_link_option, read_with, where_unsaid
from sayso.cli.output import how_to_go_on, in_words, print_json, say, say_where_it_goes
from sayso.errors import UsageError
from sayso.show.plain import count

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.pipeline import Outcome
    from sayso.scale.into import Into
    from sayso.types import Quarantined

FORMATS = ("text", "html", "json", "jsonl", "csv")


@click.command()
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@ledger_option
@click.option("--json", "as_json", is_flag=True, help="Print each reading as a line of JSON; store only in --ledger.")
@where_unsaid
@click.option("--format", type=click.Choice(FORMATS), help="What the input is.  [default: told by its content]")
@read_with
@click.option("--out", metavar="DIR", help="Read into Parquet files in this folder or URL, not into a ledger.")
@engine_option("What --out reads with: this machine, or a cluster with Ray.")
@no_link_option
def read(
    paths: tuple[str, ...],
    ledger: str | None,
    as_json: bool,
    no_link: bool,
    out: str | None,
    engine: str,
    **settings: Any,
) -> None:
    """Read reports into the ledger.

    PATH is a file, a folder with all that is in it, or - for standard input: text, HTML, JSON, JSONL, CSV, Parquet, RSS
    and Atom feeds or archives of web pages (WARC), also in .gz and .zip, told apart by their content. What cannot be
    read is set aside with its reason, and the rest is read; the exit code is then 1. Reading the same again changes
    nothing. What is read into a ledger is linked to what is there, as sayso link does.

    Nothing leaves this machine unless you say where to: --reader llm sends the text of each article to the endpoint
    that --llm-url names, with the key in SAYSO_LLM_KEY if there is one. A ledger on a server, and --out s3://…, send
    what is read there.

    With --out, PATH and DIR may be URLs too, as s3://bucket/reports. Each article becomes one row; sayso load takes
    them into a ledger. A run that was cut off goes on where it stopped. --engine ray reads on the cluster that
    RAY_ADDRESS names, or on one that it starts on this machine; it needs: pip install 'sayso[scale]'.

    \b
    Examples:
      sayso read reports/
      sayso read --json --outlet "Harbour Post" report.txt
      sayso read --engine ray --out s3://bucket/parquet s3://bucket/reports
    """
    from sayso import config, pipeline
    from sayso.cli.progress import Progress

    if out is not None:
        _read_into(paths, out, engine, ledger, as_json, settings)
        return
    if engine != "local":
        raise UsageError(f"--engine {engine} reads into a folder: say where with --out DIR")
    settled = config.load({"ledger": ledger, **settings})
    say_where_it_goes(settled)
    store = None if as_json and ledger is None else _opened(settled.ledger)
    with store or nullcontext():
        with Progress(paths, shown=not (as_json and sys.stdout.isatty())) as progress:

            def watch(outcome: Outcome | Quarantined) -> None:
                progress.advance(outcome)
                if as_json and isinstance(outcome, pipeline.Outcome) and outcome.reading:
                    print_json(outcome.reading.to_json())

            summary = pipeline.run(paths, settled, store, stdin=sys.stdin.buffer, again=as_json, watch=watch)
        say(in_words(summary))
        if store and summary.known and (settled.outlet or settled.published):
            say("what was known already keeps the outlet and the date that it was first read with.")
        if store and not no_link:
            from sayso.cli.link import link_all

            link_all(store)
    if summary.stopped:
        say(f"stopped: {summary.stopped.removesuffix('.')}. {how_to_go_on(store is not None, as_json)}")
    if summary.quarantined or summary.stopped:
        click.get_current_context().exit(1)


def _opened(where: str) -> Ledger:
    """The ledger, imported only where one is asked for: that takes as long as to read a report."""
    from sayso.ledger import Ledger

    return Ledger.open(where)


def _read_into(
    paths: tuple[str, ...], out: str, engine: str, ledger: str | None, as_json: bool, settings: dict[str, Any]
) -> None:
    from sayso import config, scale
    from sayso.cli.progress import Sharding

    if ledger is not None or as_json:
        raise UsageError("--out takes the place of --ledger and --json. To have it in a ledger: sayso load DIR")
    settled = config.load(settings)
    # A cluster has more cores than this machine: all of them are meant, unless the command says how many.
    jobs = settled.jobs if engine == "local" else settings["jobs"]
    with Sharding() as progress:
        done = scale.read_into(paths, out, settled, engine, jobs=jobs, begin=progress.begin, watch=progress.advance)
    for failed in done.failed:
        say(f"could not be read: {failed.location}: {failed.reason}")
    say(_as_told(done))
    if done.failed:
        say(f"{count(len(done.failed), 'shard')} missing; all others are in {out}. Run the same again to go on.")
    if done.quarantined:
        say(f"{done.quarantined:,} set aside, with their reasons, in {out.rstrip('/')}/quarantine")
    if done.failed or done.quarantined:
        click.get_current_context().exit(1)


def _as_told(done: Into) -> str:
    read = done.articles - done.unread
    told = [f"{count(done.shards - done.known - len(done.failed), 'shard')} read", f"{count(read, 'article')} read"]
    told += [f"{done.unread:,} not read, not in English"] if done.unread else []
    told += [f"{done.repeated:,} left out that an earlier shard has"] if done.repeated else []
    if not done.words:
        return f"{'; '.join(told)}."
    rate = f"{done.words:,} words in {done.seconds:.1f} s, {done.words / done.seconds:,.0f} words/s."
    return f"{'; '.join(told)}. {rate}"
