"""The shipped int8 network as the float one that it was exported from, so that it can learn on.

The initialisers of the ONNX file that kept their names are taken as they are. The matrices of linear layers have lost
theirs: each is named after the node that multiplies by it. What int8 has rounded away is not got back, so that the
scores agree nearly, not wholly.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from sayso.errors import SaysoError
from sayso.train.__main__ import starting_encoder
from sayso.train.model import Network

_WORDS = "encoder.embeddings.word_embeddings"
HEAD_SIZE = 32  # of all-MiniLM-L6-v2
_MULTIPLIES = ("MatMul", "MatMulInteger")


def restored(folder: Path) -> Network:
    """The network whose reader.onnx, claim.npy and reader.json lie in ``folder``, ready to be trained on. SaysoError
    where the files are not there or do not fit."""
    network = Network(starting_encoder())
    try:
        state = {**_from_onnx(folder / "reader.onnx"), **_claim(folder / "claim.npy"), **_no_source(folder)}
        network.fit(state)
    except (OSError, RuntimeError, KeyError, ValueError) as error:
        raise SaysoError(f"{folder} holds no network that can be trained on: {error}") from error
    return network


def _from_onnx(path: Path) -> dict[str, Tensor]:
    """Everything that reading needs, by the names of the network's state."""
    graph = onnx.load(str(path)).graph
    values = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    state = {name: values[name] for name in values if name.startswith(("encoder.", "heads."))}
    rows, scale = state.pop(f"{_WORDS}.rows"), state.pop(f"{_WORDS}.scale")
    state[f"{_WORDS}.weight"] = rows * scale
    for node in graph.node:
        if node.op_type in _MULTIPLIES and (matrix := _matrix(node.input[1], values)) is not None:
            state[_weight(node.name)] = matrix.T  # a linear layer keeps it the other way round
    for name in [name for name in state if ".qkv." in name]:
        state |= _unpacked(name, state.pop(name))
    return {name: torch.from_numpy(np.array(value, dtype=np.float32)) for name, value in state.items()}


def _unpacked(name: str, packed: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """What ``export.PackedAttention`` has put together."""
    query, key, value = np.split(packed, 3)
    parts = {"query": query * HEAD_SIZE**0.5, "key": key, "value": value}
    return {name.replace(".qkv.", f".{part}."): values for part, values in parts.items()}


def _weight(node: str) -> str:
    """The state's name of what a node multiplies by: "/encoder/…/query/MatMul_quant" -> "encoder.….query.weight"."""
    return node.strip("/").rpartition("/")[0].replace("/", ".") + ".weight"


def _matrix(name: str, values: dict[str, NDArray[Any]]) -> NDArray[np.float32] | None:
    """(in, out) float32; None for what is computed, such as the keys that queries are multiplied by."""
    if name not in values:
        return None
    if not name.endswith("_quantized"):
        return values[name]
    stem = name.removesuffix("_quantized")
    scale, zero = values[f"{stem}_scale"], values[f"{stem}_zero_point"]
    result: NDArray[np.float32] = (values[name].astype(np.float32) - zero) * scale
    return result


def _claim(path: Path) -> dict[str, Tensor]:
    both = torch.from_numpy(np.load(path).astype(np.float32))  # the bias is the last column
    return {"claim.weight": both[:, :-1].contiguous(), "claim.bias": both[:, -1].contiguous()}


def _no_source(folder: Path) -> dict[str, Tensor]:
    told = json.loads((folder / "reader.json").read_text("utf-8"))
    return {"no_source": torch.tensor([float(told.get("no_source", 0.0))])}
