"""A folder of corpora as ``sayso train --data`` wants it, each with next to nothing in it, all invented."""

from __future__ import annotations

import json
from pathlib import Path

TEXT = (
    "The mayor of Ostra said on Friday that the bridge was closed. Nobody was hurt. “It will open soon,” she added.\n"
)
BRAT = """T1\tSource 0 18\tThe mayor of Ostra
T2\tCue 19 23\tsaid
T3\tContent 34 60\tthat the bridge was closed
T4\tAttribution 19 23\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
T5\tSource 99 102\tshe
T6\tCue 103 108\tadded
T7\tContent 79 98\t“It will open soon,”
T8\tAttribution 103 108\tadded
E2\tAttribution:T8 Content:T7 Cue:T6 Source:T5
"""
MPQA = """1\t0,18\tstring\tGATE_agent\tnested-source="w, mayor"
2\t19,23\tstring\tGATE_objective-speech-event\tnested-source="w, mayor"
"""
WORDS = TEXT.split()[:12]
NAMES = "Mara B-PER\nLind I-PER\nlives O\nin O\nOstra B-LOC\n\nThe O\nbridge O\nin O\nOstra B-LOC\nwas O\nclosed O\n\n"
IOB2 = "".join(f"{n}\t{line.replace(' ', chr(9))}\n" if line else "\n" for n, line in enumerate(NAMES.splitlines(), 1))
CONLL = "".join(f"{n}\t{word}\t{'2.0' if word == 'closed.' else '_'}\n" for n, word in enumerate(WORDS))
GUM = "".join(f"{n}\t{word}\t{ {0: '(person-1', 1: 'person-1)'}.get(n, '_') }\n" for n, word in enumerate(WORDS))
EVENT = {"event_type": "Conflict.Attack.Unspecified", "trigger": {"start_idx": 11}}
WIKI = {"tokens": TEXT.split(), "event_mentions": [EVENT]}
PLOVER = "sentence\tgold_root\n" + "".join(
    f"The army of Ostra {verb} the village near the bridge on {day} , and nobody was hurt .\t{root}\n"
    for verb, root in (("shelled", "ASSAULT"), ("praised", "SUPPORT"))
    for day in ("Monday", "Tuesday", "Friday")
)


def write_corpora(folder: Path) -> Path:
    """All of them into ``folder``, which is returned."""
    files = {
        "polnear/train/text/one.txt": TEXT,
        "polnear/train/attributions/one_a.ann": BRAT,
        "mpqa/docs/20310301/one": TEXT,
        "mpqa/man_anns/20310301/one/gateman.mpqa.lre.2.0": MPQA,
        "mpqa/topics.json": json.dumps({"20310301/one": "bridges"}),
        "conllpp/conllpp_train.txt": NAMES,
        "crossner/politics/train.txt": NAMES.replace(" ", "\t"),
        "crossner/politics/dev.txt": NAMES.replace(" ", "\t"),
        "uner_ewt/uner_ewt_devtest/en_ewt-ud-dev.iob2": IOB2,
        **{f"gum_coref/GUM_{n:02}.conll": GUM for n in range(13)},
        "wikievents/wiki-train-human.jsonl": json.dumps(WIKI) + "\n",
        "factuality/uw/train.conll": CONLL,
        "factuality/meantime/train.conll": CONLL,
        "plover/PLV_train.tsv": PLOVER,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder
