"""What fuzzing starts from: the example reports in all forms that intake takes, and small cases of the other inputs."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

EXAMPLES = Path(__file__).parents[1] / "examples"

SAID = (
    "Karvel falls silent\n\nMajor General Ivo Sand, deputy head of the Joint Truce Centre, said on Tuesday that at "
    "least 12 people were killed and dozens wounded in Karvel on 3 May 2031. “They will publish videos,” he added.\n\n"
    "The ministry denied that its aircraft had bombed the town, according to the Valley Monitor, a watchdog."
)
STRANGE = (
    "“”'\"said that 😀 e\u0301 ﷺ \u202e١٢ قال الوزير\u2066 İß\u00ad",
    "a.\n\n\r\u2028b" * 20,
    "((((“" * 50,
    "12,3.4-5–6 " * 30,
)
ANSWER = {
    "attributions": [
        {"id": 1, "source": "Major General Ivo Sand", "cue": "said", "content": ["at least 12 people were killed"],
         "within": None, "claimant": "Ivo Sand", "stance": "asserts"},
        {"id": 2, "source": "The ministry", "cue": "denied", "content": ["that its aircraft had bombed the town"],
         "within": 1, "claimant": None, "stance": "denies"},
    ],
    "names": [{"text": "Karvel", "kind": "place"}],
}  # fmt: skip


@cache
def pages() -> tuple[bytes, ...]:
    """The example pages, and what their articles may hide."""
    tricks = b"<html><head><meta charset=x><title>T</title></head><body><article><p>a<table><svg><p>b<br>&#0;&#x10FFFF;"
    return (*(page.read_bytes() for page in sorted((EXAMPLES / "reports/pages").iterdir())), tricks)


@cache
def texts() -> tuple[bytes, ...]:
    """Plain reports: the examples, and strange ones."""
    files = sorted((EXAMPLES / "reports/texts").iterdir())
    return (*(file.read_bytes() for file in files), SAID.encode(), *(text.encode() for text in STRANGE))


@cache
def rows() -> tuple[dict[str, str], ...]:
    """The reports of the example table."""
    lines = (EXAMPLES / "reports/agencies.jsonl").read_text("utf-8").splitlines()
    return tuple(json.loads(line) for line in lines[:3])


@cache
def json_files() -> tuple[bytes, ...]:
    """Reports as JSON, one, several and odd."""
    odd = [{"text": SAID, "id": 1e99, "published": "2031-05-04T10:00:00+02:00"}, {"content": "", "title": None}]
    return (json.dumps(rows()[0]).encode(), json.dumps(rows()[:2]).encode(), json.dumps(odd).encode("utf-16"))


@cache
def jsonl_files() -> tuple[bytes, ...]:
    """Reports as JSON lines, with a broken one among them."""
    lines = [json.dumps(row).encode() for row in rows()]
    return (b"\n".join(lines), lines[0] + b"\n{\n" + lines[1])


@cache
def csv_files() -> tuple[bytes, ...]:
    """Reports as tables, with commas and with tabs."""
    made = []
    for dialect in ("excel", "excel-tab"):
        file = io.StringIO(newline="")
        table = csv.DictWriter(file, rows()[0], dialect=dialect, extrasaction="ignore")
        table.writeheader()
        table.writerows(rows())
        made.append(file.getvalue().encode())
    return (*made, b'title,text\na,"b""\nc,d\n', (EXAMPLES / "reports/clippings.csv").read_bytes()[:4000])


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


@cache
def archives() -> tuple[bytes, ...]:
    """Archives, also within each other."""
    text, table = SAID.encode(), jsonl_files()[0]
    inner = zipped({"a.txt": text, "../b.txt": text, "c/d.jsonl": table})
    return (
        inner,
        zipped({"inner.zip": inner, "e.gz": gzip.compress(text, mtime=0)}),
        zipped({"a.txt": text}, zipfile.ZIP_STORED),
    )


@cache
def gzips() -> tuple[bytes, ...]:
    """Gzip files, of one stream and of two."""
    one = gzip.compress(SAID.encode(), mtime=0)
    return (one, one + one, gzip.compress(jsonl_files()[0], mtime=0), gzip.compress(archives()[0], mtime=0))


@cache
def feeds() -> tuple[bytes, ...]:
    """Feeds of the three kinds, with HTML and without."""
    dated = f"<pubDate>Sun, 04 May 2031 10:00:00 GMT</pubDate><description>{escape(f'<p>{SAID}</p>')}</description>"
    item = f"<item><title>Karvel</title><link>https://valley.example/1</link>{dated}</item>"
    atom = (
        f'<entry><title type="html">a&lt;b&gt;</title><content type="xhtml"><div><p>{escape(SAID)}</p></div></content>'
    )
    rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    return tuple(
        feed.encode()
        for feed in (
            f'<rss version="2.0"><channel><title>Valley Monitor</title>{item}{item}</channel></rss>',
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Valley Monitor</title>{atom}</entry></feed>',
            f'<rdf:RDF {rdf}><channel><title>V</title></channel><item rdf:about="https://a.example/">'
            f"<description>{escape(SAID)}</description></item></rdf:RDF>",
        )
    )


@cache
def warcs() -> tuple[bytes, ...]:
    """Web archives: of a page that is sent as it is, of one in packed chunks, and packed."""
    body = pages()[0]
    sent = gzip.compress(body, mtime=0)
    chunk = b"%x\r\n%b\r\n0\r\n\r\n" % (len(sent), sent)
    plain = _record(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body)
    packed = _record(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk)
    return (plain + packed, gzip.compress(plain, mtime=0) + gzip.compress(packed, mtime=0))


def _record(content: bytes) -> bytes:
    head = "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://valley.example/1\r\nContent-Length: {}\r\n\r\n"
    return head.format(len(content)).encode() + content + b"\r\n\r\n"


@cache
def parquets() -> tuple[bytes, ...]:
    """Parquet files, plain and packed."""
    import pyarrow
    from pyarrow import parquet

    made = []
    for compression in ("none", "zstd"):
        file = io.BytesIO()
        parquet.write_table(pyarrow.Table.from_pylist(list(rows())), file, compression=compression)
        made.append(file.getvalue())
    return tuple(made)


@cache
def answers() -> tuple[bytes, ...]:
    """An article, a record separator, and what a language model may answer about it."""
    plain = json.dumps(ANSWER)
    ring = json.dumps({"attributions": [dict(ANSWER["attributions"][0], within=1), dict(ANSWER["attributions"][1])]})
    said = (plain, f"<think>hm {{</think>```json\n{plain}\n```", ring, '{"attributions": []}', "[" * 40)
    return tuple(f"{SAID}\x1e{answer}".encode() for answer in said)


PLACES = (
    b"name,lat,lon,country,alternatenames\nOrvane,35.5,36.5,SY,Orwane|Orvan\nKarvel,north,1,,\n",
    b'{"type":"FeatureCollection","features":[{"properties":{"name":"Orvane"},"geometry":{"coordinates":[36.5,35.5]}}]}',
    b"1\tOrvane\tOrvane\tOrwane\t35.5\t36.5\tP\tPPL\tSY\t\t01\t\t\t\t1200\t\t\tAsia/X\t2031-01-01\n",
    zipped({"SY.txt": b"1\tOrvane\tOrvane\t\t35.5\t36.5\tP\tPPL\tSY\t\t01\t\t\t\t0\t\t\t\t\n"}),
)
QUERIES = (
    b'water "the tower" \xe2\x80\x9cof Orvane\xe2\x80\x9d',
    b"2031-05|2031-06-01",
    b"Ivo Brandt",
    b'* OR a^2 -b NEAR( "',
    b"%_\\",
)
DATES = (
    b"On Tuesday, 3 May 2031, and again last week; by 14/04/2018, 2018-04-14T10:00Z, May 4th, two days ago, in 1999.",
    b"29 February 2031. The 31st of April. Sept 31. 0000-00-00. 99 Dec 9999; three weeks after Monday",
)
NUMBERS = (
    b"At least 12, up to twenty-five, a hundred and four, 1,200.50, 3-4 dozen, over half a million",
    b"between five and ten; 99999999999999999999 thousand million; a few hundred; \xd9\xa1\xd9\xa2 killed; 12th; 4.5.6",
)
