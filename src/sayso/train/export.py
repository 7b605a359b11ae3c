"""A trained network as the int8 ONNX file that ships.

    python -m sayso.train.export runs/reader/phase-3.pt src/sayso/weights

Linear layers are quantised per output channel, dynamically (onnxruntime); the heads stay in float, being small and at
the end, where an error shows. Word embeddings are int8 with a scale for each row: per tensor they lose more than all
the linear layers together.
"""

from __future__ import annotations

import argparse
import copy
import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from sayso.read.links import WIDTH, Weights
from sayso.train.__main__ import COMMON, starting_encoder
from sayso.train.model import Network


class RowwiseEmbedding(nn.Module):
    """An embedding table in int8, with one scale a row."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(1, keepdim=True).clamp_min(1e-8) / 127
        self.register_buffer("rows", torch.round(table / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """(…) ids -> (…, width) float32."""
        return self.rows[ids].float() * self.scale[ids]


class PackedAttention(nn.Module):
    """A layer's attention with one linear layer for queries, keys and values, the scale taken into the queries': the
    text is then quantised once for all three."""

    def __init__(self, attention: nn.Module) -> None:
        super().__init__()
        parts = [attention.query, attention.key, attention.value]
        self.count, self.size = attention.num_attention_heads, attention.attention_head_size
        self.qkv = nn.Linear(parts[0].in_features, sum(p.out_features for p in parts))
        with torch.no_grad():
            for kind in ("weight", "bias"):
                query, key, value = (getattr(p, kind) for p in parts)
                getattr(self.qkv, kind).copy_(torch.cat([query / self.size**0.5, key, value]))

    def forward(self, states: Tensor, *_: object, **__: object) -> tuple[Tensor, None]:
        """(1, n, width) -> (1, n, width), and the attention that nobody asks for."""
        queries, keys, values = self.qkv(states).unflatten(-1, (3, self.count, self.size)).permute(2, 0, 3, 1, 4)
        shares = torch.softmax(queries @ keys.transpose(-1, -2), -1)
        return (shares @ values).transpose(1, 2).flatten(2), None


class Deployed(nn.Module):
    """The network as it is read with: one text at a time, without padding. ids (1, tokens) -> scores, states."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.encoder = network.encoder
        self.heads = network.heads
        for layer in self.encoder.encoder.layer:
            layer.attention.self = PackedAttention(layer.attention.self)

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """See the class."""
        states = self.encoder(input_ids=ids).last_hidden_state
        return self.heads(states), states


def export(weights: Path, folder: Path) -> Path:
    """Write what the reader needs into ``folder``, from a state that training has saved; the path of reader.onnx."""
    network = Network(starting_encoder())
    network.fit(torch.load(weights, map_location="cpu"))
    return write(network, folder)


def write(network: Network, folder: Path) -> Path:
    """Write reader.onnx, reader.json, claim.npy, tokenizer.json and common.txt into ``folder``.

    The path of the first.
    """
    network = copy.deepcopy(network).eval().cpu()  # its embeddings are put into int8 below
    network.encoder.set_attn_implementation("eager")
    claim = np.concatenate([network.claim.weight.detach().numpy(), network.claim.bias.detach().numpy()[:, None]], 1)
    embeddings = network.encoder.embeddings
    embeddings.word_embeddings = RowwiseEmbedding(embeddings.word_embeddings.weight.detach())
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "reader.onnx"
    with tempfile.TemporaryDirectory() as scratch:
        plain, fused = Path(scratch) / "plain.onnx", Path(scratch) / "fused.onnx"
        _to_onnx(Deployed(network), plain)
        _fuse(plain, fused)
        model = onnx.load(str(fused))
        heads = [n.name for n in model.graph.node if n.op_type == "MatMul" and _feeds_head(model, n)]
        quantize_dynamic(
            str(fused),
            str(target),
            op_types_to_quantize=["MatMul", "Attention"],
            per_channel=True,
            reduce_range=True,  # seven bits: with eight, sums overflow on processors without VNNI, and readings differ
            weight_type=QuantType.QInt8,
            nodes_to_exclude=heads,
            extra_options={"MatMulConstBOnly": True, "DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    np.save(folder / "claim.npy", claim.astype(np.float16))
    even = asdict(Weights(1.0, 0.0, (0.0,) * WIDTH))  # until ``sayso.train.calibrate`` has fitted them
    told = {"source": even, "content": even, "no_source": network.no_source.item()}  # the last for ``restore`` only
    (folder / "reader.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    shutil.copyfile(starting_encoder() / "tokenizer.json", folder / "tokenizer.json")
    if not (folder / "common.txt").exists() or not COMMON.samefile(folder / "common.txt"):
        shutil.copyfile(COMMON, folder / "common.txt")
    return target


def _to_onnx(network: nn.Module, path: Path) -> None:
    torch.onnx.export(
        network,
        (torch.randint(1000, 2000, (1, 12)),),
        str(path),
        input_names=["ids"],
        output_names=["scores", "states"],
        dynamic_axes={name: {1: "tokens"} for name in ("ids", "scores", "states")},
        opset_version=17,
        dynamo=False,
    )


def _fuse(plain: Path, fused: Path) -> None:
    """Attention, layer norms and GELU as one operation each."""
    from onnxruntime.transformers import optimizer

    model = optimizer.optimize_model(str(plain), model_type="bert", num_heads=12, hidden_size=384, opt_level=0)
    model.save_model_to_file(str(fused))


def _feeds_head(model: onnx.ModelProto, node: onnx.NodeProto) -> bool:
    outputs = {o.name for o in model.graph.output}
    return any(set(n.output) & outputs and set(node.output) & set(n.input) for n in model.graph.node) or bool(
        set(node.output) & outputs
    )


def main() -> None:
    """Read the arguments, export."""
    parser = argparse.ArgumentParser(prog="python -m sayso.train.export", description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("folder", type=Path)
    flags = parser.parse_args()
    target = export(flags.weights, flags.folder)
    print(f"{target} {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
