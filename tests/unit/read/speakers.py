"""Who speaks in a text, of which the relations are given as words."""

import re

from sayso.read.attributions import Marks
from sayso.read.claimants import find_parties
from sayso.read.found import Found


def said_by(
    text: str, *relations: tuple[str, str, str], outlet: str = "", countries: tuple[str, ...] = ()
) -> list[str]:
    """The claimants of relations given as the words of source (maybe none), cue and content, each looked for in the
    whole text. Names are what stands in it between asterisks, which are taken out: people after one, bodies
    after two."""
    mentions, plain = [], ""
    for part in re.split(r"(\*{1,2}[^*]+\*{1,2})", text):
        if part.startswith("*"):
            name = part.strip("*")
            kind = "organisation" if part.startswith("**") else "person"
            mentions.append((kind, len(plain), len(plain) + len(name)))
            part = name
        plain += part

    def place(words: str) -> tuple[int, int]:
        found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", plain)
        assert found
        return found.span()

    found = [Found(place(who) if who else None, place(cue), (place(content),), 1.0) for who, cue, content in relations]
    for inner, outer in ((i, o) for i in found for o in found if i is not o):
        if outer.content[0][0] <= inner.cue[0] and inner.cue[1] <= outer.content[0][1]:
            inner.parent = outer
    parties = find_parties(plain, Marks(found, mentions), outlet or None, countries.__contains__)
    return [parties.claimant(f) or "" for f in found]
