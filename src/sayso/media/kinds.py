"""What kind of picture or video a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import re
from typing import Literal

from sayso.errors import IntakeError

HEAD = 1024
"""Bytes of a file's beginning that tell what it is."""

Form = Literal["picture", "video"]

# Each kind with how it is decoded: Pillow's name of the format, or FFmpeg's demuxer; and as what C2PA knows it.
PICTURES = {
    "jpeg": ("JPEG", "image/jpeg"),
    "png": ("PNG", "image/png"),
    "gif": ("GIF", "image/gif"),
    "webp": ("WEBP", "image/webp"),
    "tiff": ("TIFF", "image/tiff"),
    "bmp": ("BMP", None),
    "avif": ("AVIF", "image/avif"),
    "heic": (None, "image/heic"),  # Pillow has no decoder for it
}
VIDEOS = {
    "mp4": ("mov", "video/mp4"),
    "matroska": ("matroska", None),
    "avi": ("avi", "video/avi"),
    "mpegts": ("mpegts", None),
    "mpeg": ("mpeg", None),
    "flv": ("flv", None),
}

_SIGNATURES = (
    (rb"\xff\xd8\xff", "jpeg"),
    (rb"\x89PNG\r\n\x1a\n", "png"),
    (rb"GIF8[79]a", "gif"),
    (rb"RIFF.{4}WEBP", "webp"),
    (rb"II\*\0|MM\0\*", "tiff"),
    (rb"BM.{4}\0{4}", "bmp"),
    (rb".{4}ftyp(?:avif|avis)", "avif"),
    (rb".{4}ftyp(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)", "heic"),
    (rb".{4}(?:ftyp|moov|mdat|wide|free)", "mp4"),
    (rb"\x1aE\xdf\xa3", "matroska"),
    (rb"RIFF.{4}AVI ", "avi"),
    (rb"\x47.{187}\x47.{187}\x47", "mpegts"),
    (rb"\0\0\x01\xba", "mpeg"),
    (rb"FLV\x01", "flv"),
)
_KNOWN = tuple((re.compile(pattern, re.DOTALL), kind) for pattern, kind in _SIGNATURES)
_SVG = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!doctype\s+svg|svg)", re.IGNORECASE)


def kind_of(head: bytes) -> str:
    """The kind of the file that begins with ``head``: a key of ``PICTURES`` or ``VIDEOS``; else IntakeError."""
    for pattern, kind in _KNOWN:
        if pattern.match(head):
            return kind
    if not head:
        raise IntakeError("it is empty: there is no picture or video in it")
    if _SVG.match(head) and b"<svg" in head.lower():
        raise IntakeError("this is an SVG drawing, which can hold scripts and has no pixels. Give a picture of it")
    raise IntakeError(
        "neither a picture nor a video of a kind that is known, by its content. Give JPEG, PNG, GIF, WebP, TIFF, BMP, "
        "AVIF, HEIC, MP4, MOV, WebM, Matroska, AVI, MPEG or FLV"
    )


def form_of(kind: str) -> Form:
    """Whether a kind is one of pictures or of videos."""
    return "picture" if kind in PICTURES else "video"
