"""``sayso verify``."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.options import ledger_option
from sayso.cli.output import print_json, say
from sayso.cli.stamp import ca_option, roots_of
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.ledger.checking import Verified

_SQLITE = b"SQLite format 3\0"
_DIGITS = re.compile("[0-9a-f]{64}")
_WORDS = {"entries": ("log entry", "log entries"), "rows": ("row", "rows"), "stamps": ("time stamp", "time stamps")}


@click.command()
@click.argument(
    "bundle", metavar="[BUNDLE]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@ledger_option
@ca_option
@click.option("--head", metavar="HASH", help="The hash of a log entry, noted earlier, that must still be there.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as a line of JSON.")
def verify(bundle: Path | None, ledger: str | None, ca: Path | None, head: str | None, as_json: bool) -> None:
    """Check that nothing was changed in the ledger, or a bundle.

    Bytes and texts are held against their hashes, words against the places in the text where they stand, each row
    against the log, and the log against itself; of time stamps, whether they are of the log. The first broken link is
    named, and the others are counted; the exit code is then 1. BUNDLE is a file that sayso export bundle wrote: it is
    checked without a ledger, and nothing is asked of any network.

    What linking makes is no evidence, and is not looked at: sayso link --again makes it anew. Whoever can write the
    whole ledger can also put an older copy in its place. To find that, note the hash that is printed, and give it
    later with --head; or have the log stamped, or a bundle kept elsewhere.

    \b
    Examples:
      sayso verify
      sayso verify case.zip --ca tsa-root.pem
    """
    from sayso import config
    from sayso.cli.progress import Counting
    from sayso.ledger.database import shown

    if head is not None and not _DIGITS.fullmatch(head := head.strip().lower()):
        raise UsageError(f"--head: give all 64 digits of the hash, got {head!r}")
    if bundle is not None and _begins(bundle, _SQLITE):
        raise UsageError(f"{bundle} is a ledger and no bundle. Check it with: sayso verify --ledger {bundle}")
    settled = config.load({"ledger": ledger})
    with Counting("verifying", "rows") as progress:
        if bundle is not None:
            from sayso.bundles import check_bundle

            done = check_bundle(bundle, settled.limits, roots=roots_of(ca), head=head, watch=progress.advance)
        else:
            from sayso.verifying import check_ledger

            done = check_ledger(settled, roots=roots_of(ca), head=head, watch=progress.advance)
    if as_json:
        print_json(asdict(done))
    for note in done.notes:
        say(note)
    say(_in_words(done, str(bundle or shown(settled.ledger))))
    if done.count:
        if not as_json:
            say(f"Restore it from a copy; sayso verify {f'{bundle} ' if bundle else ''}--json lists all.")
        click.get_current_context().exit(1)


def _begins(path: Path, wanted: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(wanted)) == wanted


def _in_words(done: Verified, what: str) -> str:
    if done.count:
        first = done.broken[0]
        more = f" {done.count - 1:,} more." if done.count > 1 else ""
        return f"BROKEN: {what}: {first.where}: {first.said}.{more}"
    held = ", ".join(f"{getattr(done, name):,} {words[getattr(done, name) != 1]}" for name, words in _WORDS.items())
    return f"{what}: as it was written. {held}; the log ends with {done.head}"
