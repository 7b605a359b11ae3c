"""Which encoding bytes are in. It is detected or the input says it; it is never guessed silently."""

from __future__ import annotations

import codecs
import re
import unicodedata

from sayso.errors import IntakeError

SAMPLE = 64 * 1024  # bytes that detection looks at
ENOUGH_HIGH_BYTES = 4  # below this there is too little to tell one encoding from another by
ENOUGH_IDEOGRAPHS = 48  # bytes beyond ASCII; fewer may be Chinese or Japanese by chance, whatever they are
CHAOS, COHERENCE = 0.15, 0.2  # charset-normalizer's measures: at most, at least
CHAOS_NEAR, COHERENCE_NEAR = 0.02, 0.03  # another encoding as likely as this, with another text: no confidence

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MULTIBYTE = ("gb18030", "big5", "cp932", "euc_jp", "cp949", "euc_kr")
_CANDIDATES = [
    *_MULTIBYTE,
    *(f"cp{number}" for number in (866, 874, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258)),
    *(f"iso8859_{number}" for number in (2, 5, 6, 7, 9, 15)),
    "koi8_r",
    "koi8_u",
]
# What pages call their encoding, where Python's codec of that name is not what browsers read it with.
_DECLARED = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "windows-874": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
}
_DECLARABLE = re.compile(r"(?:windows|cp|ibm)-?\d{3,4}|iso-?8859-\d\d?|koi8-[ru]|gb18030|big5-hkscs|euc-jp|iso-2022-jp")
_META = re.compile(rb"<meta[^>]{0,512}?charset\s{0,8}=\s{0,8}[\"']?\s{0,8}([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\A\s{0,64}<\?xml[^>]{0,128}?encoding\s{0,8}=\s{0,8}[\"']([\w.:-]{2,40})", re.IGNORECASE)
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of ``data``, without its byte order mark: by that mark, else UTF-8, else ``declared``, else detection.

    Raises IntakeError where the encoding could not be told, or the bytes are not what they say they are.
    """
    encoding, mark = encoding_of(data, declared)
    try:
        return data[mark:].decode(encoding)
    except UnicodeDecodeError as error:
        raise IntakeError(invalid(data, mark + error.start, encoding)) from None


def encoding_of(data: bytes, declared: str | None = None) -> tuple[str, int]:
    """The encoding of ``data``, and how many bytes its byte order mark takes. IntakeError where it can't be told."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, len(mark)
    if wide := _utf16_without_mark(data[:SAMPLE]):
        return wide, 0
    try:
        data.decode("utf-8")
        return "utf-8", 0
    except UnicodeDecodeError as error:
        first = error.start
    if _is_damaged_utf8(data):
        raise IntakeError(invalid(data, first, "utf-8"))
    other = _declared_codec(data, declared) or _detected(data, first)
    if other is None:
        raise IntakeError(
            f"encoding could not be told: byte {first} (0x{data[first]:02x}) is not valid UTF-8, and no other encoding "
            "fits with confidence. Convert it to UTF-8 and read it again"
        )
    return other, 0


def table_encoding(head: bytes, is_whole: bool) -> tuple[str, int]:
    """As ``encoding_of``, from the first bytes of a table, but never in doubt. One damaged row does not speak for the
    others: where no other encoding is sure it is UTF-8, and each damaged row is set aside when it is reached."""
    sample = head if is_whole else head[: max(head.rfind(b"\n"), head.rfind(b" ")) + 1] or head
    try:
        return encoding_of(sample)
    except IntakeError:
        return "utf-8", 0


def glimpse(head: bytes) -> str:
    """``head`` as text, good enough to tell what kind of text it is."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "ignore")
    return head.decode(_utf16_without_mark(head) or "utf-8", "replace")


def is_wide(head: bytes) -> bool:
    """True where ``head`` is UTF-16 or UTF-32, in which NUL bytes are nothing unusual."""
    return head.startswith(tuple(mark for mark, _ in _BOMS[1:])) or _utf16_without_mark(head) is not None


def declared_encoding(data: bytes) -> str | None:
    """What a page says its encoding is: the XML declaration or a meta element in the first 4,096 bytes."""
    match = _XML.search(data[:4096]) or _META.search(data[:4096])
    return match[1].decode("ascii").lower() if match else None


def invalid(data: bytes, at: int, encoding: str) -> str:
    """The reason to set ``data`` aside whose byte ``at`` does not belong in ``encoding``."""
    byte = f" (0x{data[at]:02x})" if at < len(data) else ""
    return (
        f"encoding could not be told: byte {at}{byte} is not valid {encoding.upper()}, which the rest is. "
        "Repair it, or convert it to UTF-8"
    )


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 by its look: one byte order gives assigned, printable characters of few scripts. Needs a NUL byte, which
    every space and line break is in UTF-16."""
    if b"\0" not in data:
        return None
    for encoding, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        even = data[: len(data) // 2 * 2]
        if not even or len(set(even[high::2])) > len(set(even[1 - high :: 2])):
            continue
        text = even.decode(encoding, "ignore")
        if text and all(_is_readable(character) for character in text):
            return encoding
    return None


def _is_readable(character: str) -> bool:
    return character in "\t\n\r\f\v" or unicodedata.category(character) not in ("Cc", "Cn", "Co", "Cs")


def _is_damaged_utf8(data: bytes) -> bool:
    """True where most bytes beyond ASCII are valid UTF-8 sequences, and some are not."""
    valid = sum(len(match[0]) for match in _UTF8_SEQUENCE.finditer(data))
    high = sum(1 for _ in _HIGH.finditer(data))
    return high // 2 < valid < high


def _declared_codec(data: bytes, declared: str | None) -> str | None:
    """The codec of the name that the page gives, if it is one that pages are written in and all of ``data`` fits."""
    if declared is None:
        return None
    codec = _DECLARED.get(declared) or (declared if _DECLARABLE.fullmatch(declared) else None)
    if codec is None:
        return None
    try:
        data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None
    return codec


def _detected(data: bytes, first: int) -> str | None:
    """charset-normalizer's answer for a sample around the ``first`` byte beyond ASCII, if nothing else is as likely."""
    sample = _sample(data, max(0, first - SAMPLE // 16))
    high = sum(1 for _ in _HIGH.finditer(sample))
    if high < ENOUGH_HIGH_BYTES:
        return None
    from charset_normalizer import from_bytes

    matches = from_bytes(sample, cp_isolation=_CANDIDATES)
    best = matches.best()
    if best is None or best.chaos > CHAOS:
        return None
    if best.coherence < COHERENCE and (best.encoding not in _MULTIBYTE or high < ENOUGH_IDEOGRAPHS):
        return None
    for other in matches:
        as_likely = other.chaos <= best.chaos + CHAOS_NEAR and other.coherence >= best.coherence - COHERENCE_NEAR
        if as_likely and str(other) != str(best):
            return None
    try:
        data.decode(best.encoding)
    except UnicodeDecodeError:
        return None
    return best.encoding


def _sample(data: bytes, start: int) -> bytes:
    """At most SAMPLE bytes from ``start``, ending where a word ends so that no character is cut."""
    sample = data[start : start + SAMPLE]
    if start + SAMPLE < len(data):
        sample = sample[: max(sample.rfind(b"\n"), sample.rfind(b" ")) + 1] or sample
    return sample
