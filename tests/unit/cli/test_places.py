"""``sayso places``."""

import pytest
from click.testing import CliRunner

from sayso.cli import command
from sayso.errors import UsageError


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("SAYSO_PLACES", str(tmp_path / "kept.tsv"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        result = CliRunner().invoke(command, ["places", *arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def test_add_list_remove(run, tmp_path):
    (tmp_path / "orr.csv").write_text("name,lat,lon\nOrrabad,35,36\n", "utf-8")
    assert run("add", "orr.csv", "--country", "SY").exit_code == 0
    listed = run()
    assert "orr.csv" in listed.stdout
    assert run("remove", "orr.csv").exit_code == 0
    assert run().stdout == ""


def test_rows_that_give_no_place_are_told(run, tmp_path):
    (tmp_path / "orr.csv").write_text("name,lat,lon\nOrrabad,35,36\nOrr,?,?\n", "utf-8")
    result = run("add", "orr.csv")
    assert result.exit_code == 1
    assert "1 rows" in result.stderr


def test_a_code_says_what_to_get(run):
    with pytest.raises(
        UsageError, match=r"https://download\.geonames\.org/export/dump/SY\.zip .*sayso places add SY\.zip"
    ):
        run("add", "sy")


def test_what_is_neither_a_file_nor_a_code(run):
    with pytest.raises(UsageError, match="no file"):
        run("add", "nowhere.csv")
    with pytest.raises(UsageError, match="--country"):
        run("add", "sy", "--country", "Syria")


def test_another_file_to_keep_them_in(run, tmp_path):
    (tmp_path / "orr.csv").write_text("name,lat,lon\nOrrabad,35,36\n", "utf-8")
    result = run("add", "orr.csv", "--to", "mine.tsv")
    assert "SAYSO_PLACES=mine.tsv" in result.stderr
    assert (tmp_path / "mine.tsv").is_file()
    assert not (tmp_path / "kept.tsv").exists()
