from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from sayso.config import Limits
from sayso.errors import IntakeError
from sayso.intake.page_worker import paragraphs
from sayso.intake.pages import PageReader

SAID = "The governor of Tarn said on Sunday that shells fell on the market."
TEMPLATE = "<html><head>{head}</head><body><article>{body}</article></body></html>"


@pytest.fixture(scope="module")
def reader():  # type: ignore[no-untyped-def]
    reader = PageReader(Limits())
    yield reader
    reader.close()


def page(body: str, head: str = "") -> str:
    return TEMPLATE.format(head=head, body=body)


def test_what_is_nested_deeply_but_within_the_limit_is_read(reader: PageReader) -> None:
    assert SAID in reader.read(page("<div>" * 450 + f"<p>{SAID}</p>" * 3 + "</div>" * 450)).text


def test_paragraphs_stand_between_blank_lines(reader: PageReader) -> None:
    found = reader.read(page(f"<p>{SAID}</p><p>Nobody else spoke.</p><p>The road stayed closed.</p>"))
    assert found.text == f"{SAID}\n\nNobody else spoke.\n\nThe road stayed closed."


@pytest.mark.parametrize("control", ["&#1;", "&#x1F;", "&#xFFFE;", "\x0b"])
def test_a_control_character_costs_itself_only(reader: PageReader, control: str) -> None:
    said = SAID.replace("shells", f"shells{control}")
    found = reader.read(
        page(f'<p>{said}</p><p><a title="{control}" href="/{control}">Nobody</a>{control} else.</p>' * 2)
    )
    assert found.text.startswith(SAID)
    assert "Nobody else." in found.text


@pytest.mark.parametrize("odd", ['<p {a}="&#1;">', "<a\x01b>"])
def test_odd_names_with_control_characters_cost_no_page(reader: PageReader, odd: str) -> None:
    assert SAID in reader.read(page(f"{odd}Nobody else.</p>" + f"<p>{SAID}</p>" * 3)).text


def test_a_date_that_the_text_speaks_of_is_not_the_date_of_publication(reader: PageReader) -> None:
    assert reader.read(page(f"<p>{SAID} It was on 14 April 2018.</p>" * 3)).published is None
    marked = page(f"<p>{SAID}</p>" * 3, '<meta property="article:published_time" content="2031-05-04T09:00:00Z">')
    assert reader.read(marked).published == "2031-05-04"


def test_an_address_is_not_fetched(reader: PageReader) -> None:
    address = "https://vale-courier.example/tarn"
    assert reader.read(address).text == address


def test_a_page_without_text_says_so(reader: PageReader) -> None:
    with pytest.raises(IntakeError, match="no article text"):
        reader.read(page("<form><input></form>"))


def test_a_process_that_falls_is_started_anew(reader: PageReader) -> None:
    assert reader.read(page(f"<p>{SAID}</p>" * 3))
    process = reader._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert reader.read(page(f"<p>{SAID}</p>" * 3))


def test_a_module_in_the_current_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("lxml", "trafilatura", "struct", "sayso"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    reader = PageReader(Limits())
    try:
        assert SAID in reader.read(page(f"<p>{SAID}</p>" * 3)).text
    finally:
        reader.close()
    assert not (tmp_path / "ran").exists()


def test_the_title_is_not_repeated_in_the_body() -> None:
    assert paragraphs("Shells fall\n Nobody spoke. \n\nThe end.", "Shells fall") == "Nobody spoke.\n\nThe end."
    assert paragraphs("Nobody spoke.", None) == "Nobody spoke."
