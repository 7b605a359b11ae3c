"""Makes broken files, each named after its damage. All texts are invented."""

from __future__ import annotations

import gzip
import io
import json
import os
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

REPORT = (
    "The governor of Tarn said on Sunday that at least four people were killed when shells fell on the market.\n\n"
    "A spokesman for the northern command denied that its guns had fired on the town, and blamed the militia.\n"
)
ROW = {"outlet": "The Vale Courier", "published": "2031-05-04", "title": "Shells fall on Tarn", "text": REPORT}


def jsonl(rows: int) -> list[bytes]:
    return [json.dumps(ROW | {"title": f"Report {number}"}).encode() + b"\n" for number in range(1, rows + 1)]


def empty(path: Path) -> None:
    path.write_bytes(b"")


def white_space_only(path: Path) -> None:
    path.write_bytes(b" \n\t\r\n  ")


def one_line_of_30_mb(path: Path) -> None:
    one_line(path, 30)


def one_line(path: Path, megabytes: int) -> None:
    with path.open("wb") as file:
        for _ in range(megabytes):
            file.write(b"The shells fell. " * (1024 * 1024 // 17))


def one_json_line_of_30_mb(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(30):
            file.write(b"The shells fell. " * (1024 * 1024 // 17))


def zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"a" * 50_000_000)


def gzip_bomb(path: Path) -> None:
    path.write_bytes(gzip.compress(b"a" * 50_000_000))


def zip_that_lies_about_sizes(path: Path) -> None:
    """Its directory and its header say that the member expands to ten bytes."""
    zip_bomb(path)
    data = bytearray(path.read_bytes())
    struct.pack_into("<L", data, 22, 10)
    struct.pack_into("<L", data, data.rindex(b"PK\1\2") + 24, 10)
    path.write_bytes(data)


def zip_cut_off(path: Path) -> None:
    path.write_bytes(zipped({"one.txt": REPORT.encode(), "two.txt": os.urandom(4000)})[:-200])


def zip_with_bad_checksum(path: Path) -> None:
    data = bytearray(zipped({"one.txt": REPORT.encode()}, zipfile.ZIP_STORED))
    data[data.index(b"governor")] ^= 1
    path.write_bytes(data)


def zip_of_nothing(path: Path) -> None:
    path.write_bytes(zipped({}))


def zip_within_zips(path: Path) -> None:
    data = zipped({"report.txt": REPORT.encode()})
    for depth in range(4):
        data = zipped({f"{depth}.zip": data})
    path.write_bytes(data)


def gzip_cut_off(path: Path) -> None:
    path.write_bytes(gzip.compress(REPORT.encode() * 50)[:-40])


def gzip_damaged(path: Path) -> None:
    data = bytearray(gzip.compress(os.urandom(2000)))
    data[200:260] = b"\xff" * 60
    path.write_bytes(data)


def invalid_utf8(path: Path) -> None:
    path.write_bytes("Le café de Tarn, à midi: ".encode() + b"\xff" + REPORT.encode())


def stray_byte_in_ascii(path: Path) -> None:
    path.write_bytes(REPORT.encode() + b"\xfe\n" + REPORT.encode())


def utf16_cut_off(path: Path) -> None:
    path.write_bytes(REPORT.encode("utf-16")[:-1])


def random_bytes(path: Path) -> None:
    path.write_bytes(bytes(range(1, 256)) * 40)


def nul_bytes(path: Path) -> None:
    path.write_bytes(b"\0" * 3000)


def nul_after_100_kb(path: Path) -> None:
    path.write_bytes(REPORT.encode() * 500 + b"\0" + REPORT.encode())


def pdf_named_txt(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")


def png_named_txt(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")


def office_file(path: Path) -> None:
    path.write_bytes(zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}))


def warc(path: Path) -> None:
    path.write_bytes(b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n")


def rss(path: Path) -> None:
    path.write_bytes(b'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Courier</title></channel></rss>')


def xml_that_is_no_page(path: Path) -> None:
    path.write_bytes(b'<?xml version="1.0"?>\n<report><line>Shells fell.</line></report>')


def html_of_100_000_nested_tags(path: Path) -> None:
    path.write_bytes(b"<html><body>" + b"<div>" * 100_000 + b"Shells fell." + b"</div>" * 100_000 + b"</body></html>")


def html_of_100_000_open_tags(path: Path) -> None:
    path.write_bytes(b"<!doctype html><html><body>" + b"<b><i><span>" * 33_334 + REPORT.encode())


def html_without_an_article(path: Path) -> None:
    path.write_bytes(b"<html><head><title>Login</title></head><body><form><input></form></body></html>")


def json_100_000_deep(path: Path) -> None:
    path.write_bytes(b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}")


def json_list_100_000_deep(path: Path) -> None:
    path.write_bytes(b"[" * 100_000 + b"]" * 100_000)


def json_cut_off(path: Path) -> None:
    path.write_bytes(json.dumps(ROW, indent=1).encode()[:-30])


def json_without_a_text(path: Path) -> None:
    path.write_bytes(json.dumps({"headline": "Shells fall", "author": "A. Writer"}).encode())


def json_with_a_number_as_text(path: Path) -> None:
    path.write_bytes(json.dumps(ROW | {"text": 4}).encode())


def json_with_an_empty_text(path: Path) -> None:
    path.write_bytes(json.dumps(ROW | {"text": " \n"}).encode())


def json_empty_list(path: Path) -> None:
    path.write_bytes(b"[ ]\n")


def json_with_a_huge_number(path: Path) -> None:
    path.write_bytes(b'{"text": "Shells fell.", "id": ' + b"9" * 10_000 + b"}")


def csv_without_rows(path: Path) -> None:
    path.write_bytes(b"title,text,outlet\n")


def csv_without_a_text(path: Path) -> None:
    path.write_bytes(b"title,url\nShells fall,https://vale-courier.example/1\n")


def fifo(path: Path) -> None:
    os.mkfifo(path)


def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def link_to_nowhere(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def missing(path: Path) -> None:
    """It is not made at all."""


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def zip_of_hostile_members() -> bytes:
    """A good report, then names that lead out, a symbolic link, an encrypted member, a bomb, and a good one again."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("good.txt", REPORT)
        archive.writestr("../../outside.txt", REPORT)
        archive.writestr("/etc/outside.txt", REPORT)
        archive.writestr("C:\\outside.txt", REPORT)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("bomb.txt", b"a" * 50_000_000)
        archive.writestr("secret.txt", REPORT)
        archive.writestr("also-good.txt", "Later, " + REPORT)
    data = bytearray(packed.getvalue())
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        name_at = {b"PK\3\4": 30, b"PK\1\2": 46}[signature]
        at = data.index(signature)
        while data[at + name_at : at + name_at + 10] != b"secret.txt":
            at = data.index(signature, at + 1)
        data[at + flags] |= 1
    return bytes(data)


# Each, and words that its reason has to hold.
BROKEN: dict[Callable[[Path], None], str] = {
    empty: "empty",
    white_space_only: "empty",
    one_line_of_30_mb: "limit article_bytes",
    one_json_line_of_30_mb: "limit article_bytes",
    zip_bomb: "archive bomb",
    gzip_bomb: "archive bomb",
    zip_that_lies_about_sizes: "damaged",
    zip_cut_off: "cut off",
    zip_with_bad_checksum: "damaged",
    zip_of_nothing: "empty archive",
    zip_within_zips: "limit depth",
    gzip_cut_off: "cut off",
    gzip_damaged: "damaged",
    invalid_utf8: "byte 27 (0xff)",
    stray_byte_in_ascii: f"byte {len(REPORT)} (0xfe)",
    utf16_cut_off: "UTF-16",
    random_bytes: "binary",
    nul_bytes: "binary",
    nul_after_100_kb: "NUL",
    pdf_named_txt: "PDF",
    png_named_txt: "image",
    office_file: "Office",
    warc: "length",
    rss: "feed of 0 entries",
    xml_that_is_no_page: "XML",
    html_of_100_000_nested_tags: "limit html_depth",
    html_of_100_000_open_tags: "limit html_depth",
    html_without_an_article: "no article text",
    json_100_000_deep: "nested too deeply",
    json_list_100_000_deep: "nested too deeply",
    json_cut_off: "not valid JSON",
    json_without_a_text: "'headline', 'author'",
    json_with_a_number_as_text: "a number",
    json_with_an_empty_text: "empty",
    json_empty_list: "without rows",
    json_with_a_huge_number: "not valid JSON",
    csv_without_rows: "without rows",
    csv_without_a_text: "'title', 'url'",
    fifo: "FIFO",
    link_to_itself: "symbolic links",
    link_to_nowhere: "no such file",
    missing: "no such file",
}
