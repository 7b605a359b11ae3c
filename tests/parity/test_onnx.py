"""The exported int8 network says what the trained one says, and is turned back into it. Needs the extra ``train``."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed; pip install 'sayso[train]' to compare with it")

from sayso.read.attributions import find_marks  # noqa: E402
from sayso.read.encoder import LOG_P, Encoder  # noqa: E402
from sayso.read.heads import HEADS  # noqa: E402
from sayso.read.tokens import CLS, SEP, Tokenizer, common_words, windows  # noqa: E402

TEXTS = ("The mayor said on Friday that the bridge was closed.", "“Nobody was hurt,” she added. " * 30)
WEIGHTS = Path(str(files("sayso") / "weights"))
CLOSE = 0.05  # a probability may differ by so much between int8 and float


def of_words(network: Any, text: str, folder: Path) -> np.ndarray:
    """(words, outputs): the float network's scores of the first window's words."""
    tokens = Tokenizer(folder / "tokenizer.json", common_words(folder / "common.txt"))(text)
    start, end = windows(tokens)[0]
    ids = torch.tensor([[CLS, *tokens.ids[start:end], SEP]])
    with torch.inference_mode():
        scores, _ = network.eval()(ids, torch.ones_like(ids))
    first = tokens.first()
    return scores[0, 1:-1].numpy()[first[first < end]]


def same(network: Any, folder: Path, text: str) -> None:
    (scored,) = Encoder(folder, threads=1).score([text])
    expected = of_words(network, text, folder)
    count = len(expected)
    for name in LOG_P:
        p = torch.from_numpy(expected[:, HEADS[name]]).softmax(-1).numpy()
        assert np.abs(np.exp(scored.head(name)[:count]) - p).max() < CLOSE, name
    ours, theirs = scored.head("link")[:count].ravel(), expected[:, HEADS["link"]].ravel()
    assert np.corrcoef(ours, theirs)[0, 1] > 0.95  # an untrained head: hardly more than noise to agree on


@pytest.mark.parametrize("text", TEXTS, ids=("one sentence", "thirty"))
def test_the_export_scores_as_the_network_does(network: Any, exported: Path, text: str) -> None:
    same(network, exported, text)


@pytest.mark.parametrize("text", TEXTS, ids=("one sentence", "thirty"))
def test_the_network_restored_scores_as_the_export_does(exported: Path, text: str) -> None:
    from sayso.train.build import quiet
    from sayso.train.restore import restored

    with quiet():
        network = restored(exported)
    same(network, exported, text)


def test_each_weight_is_restored(network: Any, exported: Path) -> None:
    from sayso.train.build import quiet
    from sayso.train.restore import restored

    with quiet():
        found = restored(exported).state_dict()
    for name, value in network.state_dict().items():
        step = value.abs().max() / 63  # what seven bits tell apart, at the coarsest
        assert (found[name] - value).abs().max() <= 0.6 * step + 1e-4, name


def test_the_shipped_network_can_be_restored() -> None:
    from sayso.train.build import quiet
    from sayso.train.restore import restored

    with quiet():
        network = restored(WEIGHTS)
    (scored,) = Encoder(WEIGHTS, threads=1).score([TEXTS[0]])
    expected = of_words(network, TEXTS[0], WEIGHTS)
    for name in LOG_P:  # a network that has learned is unsure of single words, where int8 may move it a good deal
        p = torch.from_numpy(expected[:, HEADS[name]]).softmax(-1).numpy()
        assert np.abs(np.exp(scored.head(name)) - p).mean() < CLOSE / 2, name


def test_the_shipped_network_finds_the_plain_case() -> None:
    text = "The mayor of Ostra said on Friday that the bridge was closed."
    marks = find_marks(text, Encoder())
    ((a, b),) = {r.source for r in marks.relations if r.source and not r.parent}
    assert text[a:b] == "The mayor of Ostra"


def test_a_narrowed_network_keeps_what_gives_most_and_is_exported_as_it_is(network: Any, tmp_path: Path) -> None:
    import copy

    from sayso.train.build import quiet
    from sayso.train.export import write
    from sayso.train.restore import restored

    narrow = copy.deepcopy(network).eval()
    idle = range(100, 484)  # units that give nothing
    with torch.no_grad():
        for layer in narrow.encoder.encoder.layer:
            layer.output.dense.weight[:, idle] = 0.0
    ids = torch.randint(1000, 2000, (2, 20))
    before, _ = narrow(ids, torch.ones_like(ids))
    narrow.narrow(1536 - len(idle), [(ids, torch.ones_like(ids))])
    after, _ = narrow(ids, torch.ones_like(ids))
    assert narrow.encoder.encoder.layer[0].intermediate.dense.weight.shape == (1152, 384)
    assert torch.allclose(before, after, atol=1e-4)

    with quiet():
        write(narrow, tmp_path)
        again = restored(tmp_path)
    same(narrow, tmp_path, TEXTS[0])
    same(again, tmp_path, TEXTS[0])
