"""The list of common words: those that a capital letter makes no name.

    python -m sayso.train.common --data ../shared/data src/sayso/weights/common.txt

A word is common if the corpora write it in lower case often enough, also beside the times that it has a capital where
no sentence begins ("the Army"). Days and months are common words though they are always capitalised.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sayso.read.tokens import TIMES
from sayso.text import sentences
from sayso.train import invented

LEAST = 3  # times that a word must be seen in lower case
SHARE = 0.2  # how often at least, of the times that it has a capital within a sentence
_WORD = re.compile(r"[^\W\d_]+")


def common(texts: Iterator[str]) -> list[str]:
    """The common words of ``texts``, sorted."""
    lower, capital = Counter[str](), Counter[str]()
    for text in texts:
        for start, end in sentences(text):
            words = _WORD.findall(text[start:end])[1:]
            if sum(w[0].isupper() for w in words) > 0.5 * len(words):
                continue  # a headline tells nothing
            lower.update(w for w in words if w.islower())
            capital.update(w.lower() for w in words if w[0].isupper())
    found = {w for w, n in lower.items() if n >= LEAST and n > SHARE * capital[w] and (len(w) > 1 or w == "a")}
    return sorted(found | TIMES)


def texts(data: Path) -> Iterator[str]:
    """Everything in mixed case that there is to train on."""
    for folder in ("polnear/train/text", "mpqa/docs", "frontlines"):
        for path in sorted((data / folder).rglob("*")):
            if path.is_file():
                yield path.read_text("utf-8", errors="replace")
    for path in sorted((data / "gum_coref").glob("*.conll")):
        yield " ".join(line.split("\t")[1] for line in path.read_text("utf-8").splitlines() if "\t" in line)
    for report in invented.reports():
        yield report.text


def main() -> None:
    """Read the arguments, write the list."""
    parser = argparse.ArgumentParser(prog="python -m sayso.train.common", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("file", type=Path)
    flags = parser.parse_args()
    words = common(texts(flags.data))
    flags.file.write_text("\n".join(words) + "\n", "utf-8")
    print(f"{len(words)} words in {flags.file}")


if __name__ == "__main__":
    main()
