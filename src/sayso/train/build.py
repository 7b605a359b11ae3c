"""From the corpora to a folder that a reader can be loaded from: train, export, fit the linker."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from pathlib import Path

import transformers

from sayso.config import cores
from sayso.errors import UsageError
from sayso.train.__main__ import Settings, Watch, train
from sayso.train.calibrate import calibrate
from sayso.train.export import export

_CORPORA = (
    "polnear/train/attributions", "mpqa/topics.json", "conllpp/conllpp_train.txt", "crossner/politics/train.txt",
    "uner_ewt/uner_ewt_devtest/en_ewt-ud-dev.iob2", "gum_coref", "wikievents/wiki-train-human.jsonl",
    "factuality/uw/train.conll", "factuality/meantime/train.conll", "plover/PLV_train.tsv",
)  # fmt: skip


def build(data: Path, out: Path, settings: Settings, watch: Watch) -> None:
    """Train on the corpora under ``data``; ``out`` gets what ``Reader.load`` needs, and under run/ what each phase
    ended with. UsageError where a corpus is not there."""
    if missing := [name for name in _CORPORA if not (data / name).exists()]:
        raise UsageError(f"{data} is not the folder of the corpora: it has no {missing[0]}. See docs/training.md.")
    with quiet():
        export(train(data, out / "run", settings, cores(), watch=watch), out)
        calibrate(data, out)


def with_epochs(settings: Settings, epochs: int) -> Settings:
    """The settings with another number of epochs in their first phase, the long one."""
    first, *rest = settings.phases
    return replace(settings, phases=(replace(first, epochs=epochs), *rest))


@contextmanager
def quiet() -> Iterator[None]:
    """Nothing of what the libraries say of their own workings; what training says goes to standard error."""
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings(), redirect_stdout(sys.stderr):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)
