from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from tests.unit.cli.conftest import Sayso
from tests.unit.fetch.server import Server, answer, page, serving

import sayso.fetch
from sayso import config
from sayso.errors import UsageError
from sayso.ledger import Ledger


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("SAYSO_LIMIT_HOST_SECONDS", "0.001")
    with serving() as one:
        one.says["/a"] = answer(page(), "200 OK", 'ETag: "1"')
        yield one


def test_a_page_is_fetched_read_linked_and_shown_with_its_fetching(sayso: Sayso, server: Server) -> None:
    done = sayso("fetch", server.url("/a"), "--allow-local")
    article = json.loads(sayso("articles", "--json").stdout)

    assert done.exit_code == 0
    assert "pages: 1 fetched." in done.stderr
    assert "1 read." in done.stderr
    assert article["url"] == article["location"] == server.url("/a")
    assert f"from {server.url('/a')}, answered 200" in " ".join(sayso("article", article["id"]).stdout.split())
    (exchange,) = json.loads(sayso("article", article["id"], "--json").stdout)["fetched"]
    assert exchange["etag"] == '"1"'
    assert json.loads(sayso("claims", "--json").stdout.splitlines()[0])["article"] == article["id"]

    sayso("export", "warc", "-o", "case.warc.gz")
    read = [json.loads(line) for line in sayso("read", "--json", "case.warc.gz").stdout.splitlines()]
    assert [one["article"]["id"] for one in read] == [article["id"]]


def test_readings_are_printed_if_asked_for(sayso: Sayso, server: Server) -> None:
    done = sayso("fetch", server.url("/a"), "--allow-local", "--json", "--no-link")

    assert json.loads(done.stdout)["article"]["url"] == server.url("/a")


def test_nothing_local_is_fetched_unless_it_is_allowed(sayso: Sayso, server: Server) -> None:
    done = sayso("fetch", server.url("/a"))

    assert done.exit_code == 1
    assert f"quarantined {server.url('/a')}" in done.stderr
    assert "--allow-local" in done.stderr
    assert server.asked == []


def test_a_settings_file_cannot_open_the_local_network() -> None:
    Path("sayso.toml").write_text("allow_local = true\n")

    with pytest.raises(UsageError, match="say --allow-local"):
        config.load({})
    Path("sayso.toml").unlink()
    assert config.load({"allow_local": True}).allow_local


def test_the_environment_can(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not config.load({}).allow_local
    monkeypatch.setenv("SAYSO_ALLOW_LOCAL", "1")
    assert config.load({}).allow_local
    monkeypatch.setenv("SAYSO_ALLOW_LOCAL", "yes")
    with pytest.raises(UsageError, match="expected 1 or 0"):
        config.load({})


def test_with_nothing_to_fetch_it_is_wrong_usage(sayso: Sayso) -> None:
    assert sayso("fetch").exit_code == 2
    assert not Path("sayso.db").exists()


def test_a_missing_extra_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sayso.fetch, "find_spec", lambda name: None if name == "warcio" else name)

    with pytest.raises(UsageError, match=r"fetching needs warcio, not installed here.*pip install 'sayso\[fetch\]'"):
        sayso.fetch.check_installed()


def test_no_other_command_opens_a_connection(sayso: Sayso, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page, a feed and an archive that name addresses are read without asking for any of them."""
    Path("in").mkdir()
    Path("in/a.html").write_bytes(page(text=f'<img src="{server.url("/a")}">Said. ' * 20))
    Path("in/feed.xml").write_text(
        f"<rss><channel><item><link>{server.url('/a')}</link><description>He said so.</description></item>"
        "</channel></rss>"
    )
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a connection was opened"))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("a name was looked up"))
    done = sayso("read", "in")

    assert done.exit_code == 0
    assert server.asked == []
    with Ledger.open("sayso.db") as held:
        assert len(list(held.articles())) == 2


def test_it_has_the_options_of_read_that_it_heeds(sayso: Sayso) -> None:
    from sayso.cli import command

    def names(one: click.Command) -> set[str]:
        return {name for option in one.params if isinstance(option, click.Option) for name in option.opts}

    assert names(command.commands["read"]) - names(command.commands["fetch"]) == {"--format", "--out", "--engine"}


def test_it_does_not_seem_to_read_into_a_folder(sayso: Sayso, server: Server) -> None:
    done = sayso("fetch", server.url("/a"), "--allow-local", "--out", "parquet")

    assert done.exit_code == 2
    assert "No such option" in done.stderr
    assert server.asked == []
