"""A spaCy pipeline of the shape of en_core_web_sm, untrained.

Trained pipelines come from no package index, so the accuracy of what builds on them cannot be measured here. Speed can,
because a network takes its time whatever its weights: components, widths and numbers of labels are those of
en_core_web_sm 3.8, and the lemmatizer's tables are its own. Two things differ. Sentences are cut by rule before the
parser sees them; else an untrained one takes every word for a sentence and a name, which is slower. And no verb is
recognised as one that says something, so textacy's rules have a little less to do than they would have.
"""

from __future__ import annotations

import warnings
from typing import Any

_TAGS = ["VERB", *(f"TAG{n}" for n in range(49))]
_RELATIONS = ["nsubj", *(f"dep{n}" for n in range(43))]  # and ROOT
_ENTITIES = [f"ENTITY{n}" for n in range(18)]

_WORDS = ["word"] * len(_TAGS)

_ATTRIBUTES = {"NORM": 5000, "PREFIX": 1000, "SUFFIX": 2500, "SHAPE": 2500}  # and the rows of their tables
_SPACES = {"SPACY": 50, "IS_SPACE": 50}


def small_pipeline() -> Any:
    """The pipeline, a ``spacy.Language``, with weights as they are before any training."""
    import spacy
    from spacy.training import Example

    warnings.filterwarnings("ignore", message=r"\[W108\]")  # words without a part of speech: it is untrained
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": _tok2vec(_ATTRIBUTES | _SPACES)})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": _listener()}})
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("parser", config={"model": _transitions("parser", _listener()), "min_action_freq": 1})
    rules = nlp.add_pipe("attribute_ruler")
    nlp.add_pipe("lemmatizer")
    nlp.add_pipe("ner", config={"model": _transitions("ner", _tok2vec(_ATTRIBUTES))})
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc(" ".join(_WORDS)), _labels())])
    rules.add(patterns=[[{"TAG": "VERB"}]], attrs={"POS": "VERB"})  # textacy looks for verbs
    return nlp


def _labels() -> dict[str, Any]:
    """One sentence that shows every label once: its first word is the root that all others hang on."""
    others = len(_WORDS) - 1
    return {
        "tags": _TAGS,
        "heads": [0] * len(_WORDS),
        "deps": ["ROOT", *(_RELATIONS[n % len(_RELATIONS)] for n in range(others))],
        "entities": [f"U-{_ENTITIES[n]}" if n < len(_ENTITIES) else "O" for n in range(len(_WORDS))],
    }


def _tok2vec(attributes: dict[str, int]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 96,
            "attrs": list(attributes),
            "rows": list(attributes.values()),
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 96,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def _listener() -> dict[str, Any]:
    return {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}


def _transitions(state: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": state,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": tok2vec,
    }
