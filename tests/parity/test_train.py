"""``sayso train``, as small as can be: from corpora, and on with corrections. Needs the extra ``train``."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

torch = pytest.importorskip("torch", reason="torch is not installed; pip install 'sayso[train]' to train")

from tests.parity.corpora import write_corpora  # noqa: E402

from sayso.cli import command  # noqa: E402
from sayso.read import Reader  # noqa: E402
from sayso.read.links import WIDTH  # noqa: E402
from sayso.train.corpora import invented_examples  # noqa: E402
from sayso.types import Article, Reading  # noqa: E402

WRITTEN = {"reader.onnx", "reader.json", "claim.npy", "tokenizer.json", "common.txt"}
REPORT = (
    "The mayor of Ostra said on Friday that the bridge was closed.\n\nThe army denied that it had mined the bridge."
)
FEW = invented_examples()[:3]


def sayso(*words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)


def read_with(folder: Path) -> Reading:
    return Reader.load(folder, threads=1).read(
        Article("0" * 16, "0" * 64, "<text>", None, None, None, None, "en", REPORT)
    )


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quick enough for so little; several wait for one another where other programs run."""
    for module in ("sayso.train.build", "sayso.train.finetune"):
        monkeypatch.setattr(f"{module}.cores", lambda: 1)


@pytest.fixture
def few_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the invented reports, the first three only; the first of them is held out."""
    for module in ("sayso.train.__main__", "sayso.train.finetune"):
        monkeypatch.setattr(f"{module}.invented_examples", lambda: FEW)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A phase that sees all once an epoch, in which the smaller network learns from the larger; and one run twice."""
    from sayso.train.__main__ import MAIN, Phase, Settings

    phase = Phase(1, 1e-4, 1e-3, tuple((name, 1.0) for name, _ in MAIN.shares), width=1152)
    twice = replace(phase, width=None, runs=2)
    monkeypatch.setattr("sayso.train.__main__.Settings", lambda: Settings(phases=(phase, twice)))


def test_from_corpora_to_a_reading(few_reports: None, short: None, tmp_path: Path) -> None:
    out = tmp_path / "weights"
    done = sayso("train", "--data", write_corpora(tmp_path / "data"), "--out", out, "--epochs", 2)
    assert done.exit_code == 0, done.stderr
    assert {path.name for path in out.iterdir()} == {*WRITTEN, "run"}
    assert {path.name for path in (out / "run").iterdir()} == {"phase-1.pt", "phase-2.pt", "settings.json"}
    assert json.loads((out / "run" / "settings.json").read_text("utf-8"))["phases"][0]["epochs"] == 2
    assert json.loads((out / "reader.json").read_text("utf-8"))["source"]["between"] != [0.0] * WIDTH  # was fitted
    assert f"sayso read --weights {out}" in done.stdout
    assert "attributions" in done.stderr  # the losses
    assert read_with(out).provenance.model.startswith("sayso-reader-")


def test_the_mean_of_two_runs(few_reports: None, tmp_path: Path) -> None:
    import random

    from sayso.read.tokens import Tokenizer, common_words
    from sayso.train.__main__ import COMMON, MAIN, Corpora, Phase, Settings, run, runs, starting_encoder
    from sayso.train.build import quiet
    from sayso.train.model import Network

    start = starting_encoder()
    phase = Phase(1, 1e-3, 1e-3, tuple((name, 1.0) for name, _ in MAIN.shares), runs=2)
    with quiet():
        tokenizer = Tokenizer(start / "tokenizer.json", common_words(COMMON))
        corpora = Corpora(write_corpora(tmp_path / "data"), tokenizer, start)

        def ended(times: int) -> torch.Tensor:
            """The heads after the mean of two runs, or after the first or second by itself."""
            torch.manual_seed(3)
            network, rng = Network(start), random.Random(3)
            network.dropout.p = 0.0
            before = {key: value.clone() for key, value in network.state_dict().items()}
            settings = Settings(phases=(phase,))
            if times == 0:
                state = runs(network, corpora, phase, settings, rng, lambda _: None, "mean")
                assert torch.equal(network.heads.weight, state["heads.weight"])
                return state["heads.weight"].clone()
            for _ in range(times):
                network.load_state_dict(before)
                state = run(network, corpora, phase, settings, rng, lambda _: None, "one")
            return state["heads.weight"].clone()

        mean, first, second = ended(0), ended(1), ended(2)
    assert not torch.equal(first, second)
    assert torch.allclose(mean, (first + second) / 2, atol=1e-6)


def test_a_teacher_is_content_with_its_own_scores_only() -> None:
    from sayso.read.heads import HEADS, OUTPUTS
    from sayso.train.model import teacher_loss

    torch.manual_seed(1)
    wanted, other = torch.randn(2, 40, OUTPUTS)
    assert teacher_loss(wanted, wanted) < teacher_loss(other, wanted)
    inner = wanted.clone()
    inner[:, HEADS["tags1"]] = other[:, HEADS["tags1"]]  # within contents it is not listened to
    assert teacher_loss(inner, wanted) == teacher_loss(wanted, wanted)


def test_two_texts_in_a_batch_choose_as_each_does_alone() -> None:
    import random

    from sayso.read.heads import HEADS
    from sayso.read.tokens import Tokenizer, common_words
    from sayso.train.__main__ import COMMON, starting_encoder
    from sayso.train.batches import batches, encode
    from sayso.train.build import quiet
    from sayso.train.model import Network, claim_loss, link_loss

    start = starting_encoder()
    tokenizer = Tokenizer(start / "tokenizer.json", common_words(COMMON))
    rng = np.random.default_rng(1)
    wanted = {
        e.text[a:b]: rng.normal(size=384).astype(np.float32) for e in FEW for r in e.relations for a, b in r.content
    }
    cut = [(item, 0, len(item.ids)) for item in (encode(e, tokenizer, wanted) for e in FEW[:2])]
    with quiet():
        network = Network(start).eval()

    def losses(some: list[Any]) -> tuple[float, float, int]:
        (batch,) = batches(some, random.Random(1))
        scores, states = network(batch.ids, batch.mask)
        links = link_loss(network, scores[..., HEADS["link"]].flatten(0, 1), batch.links)
        claims = claim_loss(network, states, batch.claims, batch.embeddings)
        return links.item(), claims.item() * len(batch.claims), len(batch.claims)

    with torch.inference_mode():
        both, *alone = losses(cut), losses(cut[:1]), losses(cut[1:])
    assert both[2] == alone[0][2] + alone[1][2] > 2
    assert both == pytest.approx([sum(x) for x in zip(*alone, strict=True)], rel=1e-4)


def test_a_folder_that_lacks_a_corpus(tmp_path: Path) -> None:
    from sayso.errors import UsageError

    with pytest.raises(UsageError, match="it has no polnear"):
        sayso("train", "--data", tmp_path, "--out", tmp_path / "weights")


def corrected(text: str) -> dict[str, Any]:
    def span(words: str) -> dict[str, Any]:
        return {"start": text.index(words), "end": text.index(words) + len(words), "text": words}

    attribution = {
        "id": "a1",
        "source": span("The mayor of Ostra"),
        "cue": span("said"),
        "content": [span("that the bridge was closed")],
        "within": None,
    }
    return {"article": {"text": text, "title": None}, "attributions": [attribution], "voice": []}


def test_on_with_corrections(
    few_reports: None, exported: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = [json.dumps(corrected(REPORT)), "{", "", json.dumps({**corrected(REPORT), "attributions": None})]
    (tmp_path / "corrected.jsonl").write_text("\n".join(lines), "utf-8")
    out = tmp_path / "weights"
    monkeypatch.setenv("SAYSO_WEIGHTS", str(exported))
    monkeypatch.setenv("COLUMNS", "80")
    done = sayso("train", "--corrections", tmp_path / "corrected.jsonl", "--out", out, "--epochs", 1)
    assert done.exit_code == 1
    assert "line 2 left out: Expecting property name" in done.stderr
    assert "line 4 left out: attributions: expected a list" in done.stderr
    assert "the 1 corrections, which it learned from" in done.stdout
    assert f"sayso read --weights {out}" in done.stdout
    assert {path.name for path in out.iterdir()} == WRITTEN
    before, after = (json.loads((folder / "reader.json").read_text("utf-8")) for folder in (exported, out))
    assert after["source"] == before["source"]
    assert after["content"] == before["content"]
    models = {read_with(folder).provenance.model for folder in (exported, out)}
    assert len(models) == 2


def test_what_is_corrected_is_learned(few_reports: None, exported: Path, tmp_path: Path) -> None:
    """The random heads learn one text by heart, where they are let."""
    from sayso.train.__main__ import Phase, Step
    from sayso.train.build import quiet
    from sayso.train.corrections import corrections
    from sayso.train.finetune import Mixture, figures, learn

    examples, bad = corrections([json.dumps(corrected(REPORT)).encode()])
    assert not bad
    steps: list[Step] = []
    phase = Phase(20, 3e-4, 3e-3, (("corrections", 1.0), ("invented", 0.0)))
    with quiet():
        learn(exported, tmp_path, Mixture(examples, [], exported), phase, steps.append)
    assert [step.done for step in steps] == list(range(1, 21))
    assert steps[-1].losses["tags0"] < 0.8 * steps[0].losses["tags0"]
    with quiet():
        assert figures(tmp_path, examples).corrections.f1 == 1.0


def test_the_network_to_start_from_is_not_overwritten(exported: Path) -> None:
    from sayso.errors import UsageError
    from sayso.train.finetune import fine_tune

    with pytest.raises(UsageError, match="Give another folder"):
        fine_tune([FEW[0]], exported, exported, lambda step: None)


def test_nothing_to_learn_from(exported: Path, tmp_path: Path) -> None:
    from sayso.errors import UsageError
    from sayso.train.finetune import fine_tune

    with pytest.raises(UsageError, match="no correction"):
        fine_tune([], exported, tmp_path / "weights", lambda step: None)


def test_a_folder_without_a_network_to_go_on_from(exported: Path, tmp_path: Path) -> None:
    from sayso.errors import SaysoError
    from sayso.train.restore import restored

    with pytest.raises(SaysoError, match="holds no network that can be trained on"):
        restored(tmp_path)
