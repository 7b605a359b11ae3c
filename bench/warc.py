"""How fast web archives are taken in, beside the same pages as files: ``python -m bench.warc``.

The pages are the invented reports, each many times over under titles of their own, so that no two are alike.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from sayso.config import Config, Limits
from sayso.intake import receive
from sayso.intake.warc import warc_pages
from sayso.types import Received

ROOT = Path(__file__).parents[1]
PAGES, ROUNDS, RECORDS = 100, 3, 10_000
_MENU = "".join(f'<li><a href="/{n}">Section {n} of the paper</a></li>' for n in range(40))


def pages(number: int) -> Iterator[bytes]:
    """So many pages, each with a menu and a footer about a report."""
    texts = sorted((ROOT / "examples/reports/texts").glob("*.txt"))
    for n in range(number):
        said = "".join(
            f"<p>{escape(line)}</p>" for line in texts[n % len(texts)].read_text("utf-8").splitlines() if line
        )
        yield (
            f"<!doctype html><html><head><meta charset=utf-8><title>Report {n}</title></head><body>"
            f"<nav><ul>{_MENU}</ul></nav><article><h1>Report {n}</h1>{said}</article>"
            f"<footer><ul>{_MENU}</ul></footer></body></html>"
        ).encode()


def record(number: int, page: bytes) -> bytes:
    """A page as a WARC record, in a gzip member."""
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page) + page
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2031-05-04T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Target-URI: http://courier.example/{number}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + body + b"\r\n\r\n")


def rate(path: Path) -> float:
    """Articles in a second that come in from ``path``."""
    begun = perf_counter()
    taken = sum(isinstance(item, Received) for item in receive([path], Config()))
    assert taken == PAGES
    return taken / (perf_counter() - begun)


def main() -> None:
    with TemporaryDirectory() as folder:
        files, archive, long = Path(folder) / "files", Path(folder) / "pages.warc.gz", Path(folder) / "long.warc.gz"
        files.mkdir()
        made = list(pages(PAGES))
        for number, page in enumerate(made):
            (files / f"{number:06}.html").write_bytes(page)
        packed = [record(number, page) for number, page in enumerate(made)]
        archive.write_bytes(b"".join(packed))
        rates = [(rate(files), rate(archive)) for _ in range(ROUNDS)]
        plain, archived = (median(each) for each in zip(*rates, strict=True))
        ratio = median(b / a for a, b in rates)
        size = sum(map(len, made)) // PAGES
        print(f"{PAGES} pages of {size:,} bytes, whole intake: {plain:,.0f} pages/s from files, "
              f"{archived:,.0f} from a .warc.gz, ratio {ratio:.2f}")  # fmt: skip
        with long.open("wb") as out:
            for number in range(RECORDS):
                out.write(packed[number % PAGES])
        with long.open("rb") as file:
            begun = perf_counter()
            found = sum(1 for _ in warc_pages(file, Limits()))
            taken = perf_counter() - begun
        assert found == RECORDS
        print(f"{RECORDS:,} records taken out of a .warc.gz, not yet made articles: {found / taken:,.0f} records/s, "
              f"{long.stat().st_size / taken / 1e6:,.0f} MB/s packed")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
