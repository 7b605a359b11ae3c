from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import IntakeError
from sayso.intake.encoding import declared_encoding, decode, encoding_of

ARABIC = "قال محافظ طارن يوم الأحد إن أربعة أشخاص على الأقل قتلوا عندما سقطت قذائف على السوق. "
RUSSIAN = "Губернатор Тарна сообщил в воскресенье, что в результате обстрела рынка погибли четыре человека. "
FRENCH = "Le gouverneur de Tarn a déclaré dimanche qu'au moins quatre personnes ont été tuées, à midi, près du marché. "
GREEK = "Το υπουργείο ανακοίνωσε την Κυριακή ότι τουλάχιστον τέσσερις άνθρωποι σκοτώθηκαν στην αγορά. "
POLISH = "Gubernator Tarnu powiedział w niedzielę, że cztery osoby zginęły, gdy pociski spadły na targ. "
ENGLISH = "The governor of Tarn said “at least four” people were killed – and that it wasn’t the first time. "


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(ARABIC, "cp1256"), (ARABIC, "iso-8859-6"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (GREEK, "cp1253"),
     (ENGLISH, "cp1252"), (ENGLISH, "utf-16-le"), (ARABIC, "utf-16-be"), (ARABIC, "utf-16"), (RUSSIAN, "utf-32")],
)  # fmt: skip
@pytest.mark.parametrize("times", [1, 5])
def test_encodings_that_are_told(text: str, encoding: str, times: int) -> None:
    assert decode((text * times).encode(encoding)) == text * times


@pytest.mark.parametrize(
    "data",
    [POLISH.encode("cp1250"), FRENCH.encode("latin-1"),
     "The café was hit, the mayor said.".encode("latin-1"), b"Shells fell.\x81\x8d Again.",
     bytes(range(128, 256)) * 3],
)  # fmt: skip
def test_encodings_that_are_in_doubt_are_not_guessed(data: bytes) -> None:
    with pytest.raises(IntakeError, match="encoding could not be told: byte"):
        decode(data)


def test_damaged_utf8_is_not_taken_for_something_else() -> None:
    damaged = ARABIC.encode() + b"\xff" + ARABIC.encode()
    with pytest.raises(IntakeError, match=rf"byte {len(ARABIC.encode())} \(0xff\) is not valid UTF-8"):
        decode(damaged, "windows-1256")


def test_declared_encoding_counts_where_the_bytes_fit_it() -> None:
    polish = POLISH.encode("cp1250")
    assert decode(polish, "windows-1250") == POLISH
    with pytest.raises(IntakeError):
        decode(polish, "utf-8")
    with pytest.raises(IntakeError):
        decode(polish, "unicode_escape")


@pytest.mark.parametrize(
    ("page", "declared"),
    [
        (b'<meta charset="Windows-1251">', "windows-1251"),
        (b'<META http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        (b'<?xml version="1.0" encoding="ISO-8859-2"?><html>', "iso-8859-2"),
        (b"<meta name=charset>", None),
        (b"<meta " * 100_000, None),
    ],
)
def test_what_a_page_declares(page: bytes, declared: str | None) -> None:
    assert declared_encoding(page) == declared


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_utf8_comes_back_exact(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary())
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except IntakeError:
        return
    encoding, mark = encoding_of(data)
    assert text.encode(encoding) == data[mark:]
