from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from tests.unit.cli.conftest import BRIDGE, Sayso

from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.types import Filters


def claim(ledger: Path, about: str, by: str | None = None) -> str:
    with Ledger.open(str(ledger)) as held:
        return next(held.claims(Filters(about=about, by=by))).id


def listed(sayso: Sayso, *words: object) -> list[dict[str, object]]:
    return [json.loads(line) for line in sayso("decide", *words, "--json").stdout.splitlines()]


def test_a_decision_is_entered_listed_and_taken_back(sayso: Sayso, ledger: Path) -> None:
    id_ = claim(ledger, "shells")
    told = sayso("decide", id_[:8], "reject", "--by", "mara", "--note", "a caption")
    assert (told.exit_code, told.stdout) == (0, "")
    assert f"decision 1 entered: reject {id_}, by mara." in told.stderr
    assert json.loads(sayso("claim", id_, "--json").stdout)["decision"] == "reject"
    (row,) = listed(sayso, id_, "--list")
    assert (row["id"], row["verdict"], row["user"], row["note"], row["superseded"]) == (
        1,
        "reject",
        "mara",
        "a caption",
        None,
    )

    assert "taken back" in sayso("decide", id_, "--undo", "--by", "mara").stderr
    assert json.loads(sayso("claim", id_, "--json").stdout)["decision"] is None
    assert listed(sayso, "--list")[0]["superseded"] is not None


def test_whoever_is_logged_in_decides(sayso: Sayso, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "ivo")
    done = json.loads(sayso("decide", claim(ledger, "shells"), "confirm", "--json").stdout)
    assert (done["user"], done["verdict"], done["correction"]) == ("ivo", "confirm", None)


def test_each_part_of_a_claim_is_corrected(sayso: Sayso, ledger: Path) -> None:
    id_ = claim(ledger, "died", "Ivo Brandt")
    words, cue = "ten people died in Orvane", "said"
    content, said = (f"{BRIDGE.index(w)}:{BRIDGE.index(w) + len(w)}" for w in (words, cue))
    sayso(
        *("decide", id_, "correct", "--content", content, "--cue", said, "--source", "none", "--claimant", ""),
        *("--stance", "suspects", "--figure", "killed:10::civilians", "--figure", "wounded::3", "--by", "mara"),
    )
    row = json.loads(sayso("claim", id_, "--json").stdout)
    assert (row["text"], row["stance"], row["claimant"], row["decision"]) == (words, "suspects", None, "correct")
    assert row["figures"] == [
        {"min": 10, "max": None, "kind": "killed", "who": "civilians"},
        {"min": None, "max": 3, "kind": "wounded", "who": None},
    ]
    (made,) = listed(sayso, "--list")
    assert made["correction"]["source"] == []
    assert made["correction"]["cue"][0]["text"] == cue
    shown = sayso("decide", "--list").stdout
    assert max(map(len, shown.splitlines())) <= 80
    assert "stance: suspects" in shown
    assert "source: none" in shown

    sayso("decide", id_, "correct", "--figure", "none", "--by", "mara")
    assert json.loads(sayso("claim", id_, "--json").stdout)["figures"] == []


def test_parties_are_given_by_claims_or_names(sayso: Sayso, ledger: Path) -> None:
    sayso("decide", "Mara Lind", "same-party", claim(ledger, "died", "Ivo Brandt"), "--by", "ivo")
    (row,) = listed(sayso, "--list")
    assert {row["about"], row["other"]} == {"Mara Lind", "Ivo Brandt"} or row["other"] == "the ministry"
    names = [json.loads(line)["names"] for line in sayso("claimants", "--json").stdout.splitlines()]
    assert any(len(of) == 2 for of in names)


def test_the_queue_says_what_waits(sayso: Sayso, ledger: Path) -> None:
    waiting = listed(sayso, "--queue")
    assert {row["kind"] for row in waiting} == {"claim"}
    assert len(listed(sayso, "--queue", "--limit", 2)) == 2
    sayso("decide", waiting[0]["about"], "confirm", "--by", "mara")
    assert len(listed(sayso, "--queue")) == len(waiting) - 1
    shown = sayso("decide", "--queue").stdout
    assert max(map(len, shown.splitlines())) <= 80
    assert "the ministry denies: that ten people died in" in shown


def test_agreement_of_two_people(sayso: Sayso, ledger: Path) -> None:
    assert "decided on no claim both" in sayso("decide", "--agreement", "mara", "ivo").stderr
    for row in listed(sayso, "--queue"):
        sayso("decide", row["about"], "confirm", "--by", "mara")
        sayso("decide", row["about"], "confirm", "--by", "ivo")
    shown = sayso("decide", "--agreement", "mara", "ivo").stdout
    assert "the same on 100%; kappa not defined" in shown
    sayso("decide", claim(ledger, "shells"), "reject", "--by", "ivo")
    found = json.loads(sayso("decide", "--agreement", "mara", "ivo", "--json").stdout)
    assert (found["claims"], round(found["share"], 2), found["kappa"]) == (5, 0.8, 0.0)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "say on what and what: sayso decide CLAIM VERDICT"),
        (("{}",), "say on what and what"),
        (("ffff", "confirm"), "no claim 'ffff'"),
        (("{}", "confirm", "--undo", "--by", "mara"), "mara has decided nothing on"),
        (("{}", "correct", "--content", "5"), "--content: expected two places"),
        (("{}", "correct", "--content", "9:99999"), "--content: expected two places"),
        (("{}", "correct", "--figure", "killed"), "--figure: expected a kind, the least and the most"),
        (("{}", "correct", "--figure", "killed:ten:"), "--figure: expected a kind"),
        (("{}", "correct", "--stance", "shouts"), "stance: expected one of"),
        (("{}", "confirm", "--stance", "denies"), "a correction goes with the verdict correct"),
        (("{}", "same-story"), "same-story is a verdict on two"),
    ],
)
def test_what_cannot_be_done_is_wrong_usage(sayso: Sayso, ledger: Path, words: tuple[str, ...], reason: str) -> None:
    id_ = claim(ledger, "shells")
    with pytest.raises(UsageError, match=reason):
        sayso("decide", *(word.format(id_) for word in words))


@pytest.mark.parametrize("words", [("{}", "confirm"), ("{}", "same-story", "{}"), ("{}", "same-party", "{}")])
def test_a_storys_id_is_told_from_an_unknown_one(sayso: Sayso, linked: Path, words: tuple[str, ...]) -> None:
    reason = "'5701' is the id of a story, not of a claim. Its claims are listed, each with its id, by: "
    with pytest.raises(UsageError) as asked:
        sayso("decide", *(word.format("5701") for word in words))
    assert str(asked.value) == f"{reason}sayso story 5701aa --all --ledger {linked}"
    shown = sayso(*str(asked.value).rpartition(": sayso ")[2].split())
    with Ledger.open(str(linked)) as held:
        told_once = [row.id for row in held.story("5701").claims if not row.echo_of]
    assert told_once
    assert all(id_[:8] in shown.stdout for id_ in told_once)


def test_an_articles_id_is_told_from_an_unknown_one(sayso: Sayso, linked: Path) -> None:
    with Ledger.open(str(linked)) as held:
        row = next(held.claims(Filters(about="shells", outlet="The Lantern")))
    with pytest.raises(UsageError, match="is the id of an article, not of a claim") as told:
        sayso("decide", row.article, "reject")
    shown = sayso(*shlex.split(str(told.value).rpartition(": sayso ")[2]), "--json")
    assert row.id in [json.loads(line)["id"] for line in shown.stdout.splitlines()]
    with pytest.raises(UsageError, match=f"is the id of a claim, not of a story. .*: sayso claim {row.id} --ledger"):
        sayso("story", row.id)


def test_an_unknown_verdict_is_wrong_usage(sayso: Sayso, ledger: Path) -> None:
    told = sayso("decide", claim(ledger, "shells"), "approve")
    assert told.exit_code == 2
    assert "'approve' is not one of 'confirm'" in told.stderr


def test_names_and_notes_cannot_play_tricks_on_a_terminal_or_a_sheet(sayso: Sayso, ledger: Path) -> None:
    sayso("decide", claim(ledger, "shells"), "reject", "--by", "=1+1", "--note", "\x1b[31mred\u202e")
    shown = sayso("decide", "--list").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "'=1+1" in sayso("decide", "--list", "--format", "csv").stdout


def test_corrections_are_exported_for_training(sayso: Sayso, ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "corrected.jsonl"
    sayso("decide", claim(ledger, "died", "Ivo Brandt"), "reject", "--by", "mara")
    assert sayso("export", "corrections", "-o", out).exit_code == 0
    (record,) = map(json.loads, out.read_text("utf-8").splitlines())
    assert record["article"]["text"] == BRIDGE
    assert record["decided"] == {"attributions": 1, "of": 2}
    assert len(record["attributions"]) == 1
    with pytest.raises(UsageError, match="corrections are exported whole"):
        sayso("export", "corrections", "--by", "mara")
