"""The network's scores for the words of a text, with the shipped weights."""

import json
import shutil
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from sayso.errors import SaysoError
from sayso.read import encoder as module
from sayso.read.encoder import LOG_P, Encoder
from sayso.read.heads import LINK, OUTPUTS

WEIGHTS = Path(str(files("sayso") / "weights"))
SHORT = "The mayor of Ostra said on Friday that the bridge was closed."
LONG = "“Nobody was hurt,” she added. The army denied that it had fired on the village.\n\n" * 40


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(threads=1)


@pytest.mark.parametrize("text", [SHORT, LONG])
def test_each_word_has_scores(encoder: Encoder, text: str) -> None:
    (scored,) = encoder.score([text])
    count = len(scored.words)
    assert scored.scores.shape == (count, OUTPUTS)
    assert scored.ends.shape == (count, 4 * LINK)
    assert scored.states.shape == (count, 384)
    assert len(scored.ground.stops) == len(scored.ground.breaks) == count
    for name in LOG_P:
        assert np.exp(scored.head(name)).sum(-1) == pytest.approx(1.0, abs=1e-3)


def test_no_score_depends_on_what_else_is_read_or_on_how_many_threads_read(encoder: Encoder) -> None:
    alone, together = encoder.score([SHORT])[0], encoder.score([LONG, SHORT])[1]
    beside = Encoder(threads=3).score([LONG])[0]
    assert (alone.scores == together.scores).all()
    assert (beside.scores == encoder.score([LONG])[0].scores).all()


def test_names_exchanged_score_alike(encoder: Encoder) -> None:
    one, other = encoder.score([SHORT, SHORT.replace("Ostra", "Qarvelistan")])
    assert (one.scores == other.scores).all()


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_a_text_without_words_has_none(encoder: Encoder, text: str) -> None:
    (scored,) = encoder.score([text])
    assert scored.words.shape == (0, 2)
    assert scored.scores.shape == (0, OUTPUTS)
    assert scored.states.shape == (0, 384)


def test_a_folder_without_weights_says_so(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match="no reader at"):
        Encoder(tmp_path)


def test_weights_of_another_version_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OUTPUTS", OUTPUTS + 1)
    with pytest.raises(SaysoError, match="made for another version"):
        Encoder()


def test_another_folder_of_weights_has_its_own_linker(tmp_path: Path) -> None:
    shutil.copytree(WEIGHTS, tmp_path / "weights")
    path = tmp_path / "weights" / "reader.json"
    told = json.loads(path.read_text("utf-8"))
    told["source"]["none"] += 1.0
    path.write_text(json.dumps(told), "utf-8")
    moved = Encoder(tmp_path / "weights")
    assert moved.settings.source.none == Encoder().settings.source.none + 1.0
