"""A trained network as the int8 ONNX file that ships.

    python -m sayso.train.export runs/reader/last.pt src/sayso/weights

Linear layers are quantised per output channel, dynamically (onnxruntime); the heads stay in float, being small and at
the end, where an error shows. Word embeddings are int8 with a scale for each row: per tensor they lose more than all
the linear layers together.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from sayso.read.links import WIDTH, Weights
from sayso.train.__main__ import starting_encoder
from sayso.train.model import LINK, MENTION_TAGS, TAGS, Network


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


def export(weights: Path, folder: Path) -> Path:
    """Write reader.onnx, reader.json and tokenizer.json into ``folder``; the path of the first."""
    start = starting_encoder()
    network = Network(start)
    network.load_state_dict(torch.load(weights, map_location="cpu"))
    network.eval()
    network.encoder.set_attn_implementation("eager")
    embeddings = network.encoder.embeddings
    embeddings.word_embeddings = RowwiseEmbedding(embeddings.word_embeddings.weight.detach())
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "reader.onnx"
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        _to_onnx(network, plain)
        model = onnx.load(str(plain))
        heads = [n.name for n in model.graph.node if n.op_type == "MatMul" and _feeds_head(model, n)]
        quantize_dynamic(
            str(plain),
            str(target),
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=heads,
            extra_options={"MatMulConstBOnly": True},
        )
    even = asdict(Weights(1.0, 0.0, (0.0,) * WIDTH))  # until ``sayso.train.calibrate`` has fitted them
    settings = {"tags": TAGS, "mentions": MENTION_TAGS, "link": LINK, "source": even, "content": even}
    (folder / "reader.json").write_text(json.dumps(settings, indent=1) + "\n", "utf-8")
    shutil.copyfile(start / "tokenizer.json", folder / "tokenizer.json")
    return target


def _to_onnx(network: Network, path: Path) -> None:
    ids = torch.randint(1000, 2000, (2, 12))
    axes = {0: "batch", 1: "tokens"}
    names = ["ids", "mask", "kind", "tags", "mentions", "link"]
    torch.onnx.export(
        network,
        (ids, torch.ones_like(ids), torch.zeros_like(ids)),
        str(path),
        input_names=names[:3],
        output_names=names[3:],
        dynamic_axes=dict.fromkeys(names, axes),
        opset_version=17,
        dynamo=False,
    )


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
