"""Who does what to whom: the actors and targets of a trigger, off the clause around it.

A verb has its subject before it and its object behind it, turned round in the passive; a noun has its parties in
"by …", "on …", "of …", in what stands before it ("X's attack", "rebel shelling"), or in the verb that does no more than
carry it ("X launched an attack"). Nothing here knows a party by its name: it is where a noun phrase stands that counts,
so that parties that are exchanged in the text are exchanged in the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.read.clauses import (
    AND,
    BE,
    COMMA,
    FINITE,
    HAVE,
    ING,
    NOUN,
    OF,
    PAST,
    PREP,
    PRONOUN,
    REL,
    SKIP,
    STRONG,
    SUB,
    TO,
    VERBS,
    Chunk,
    Sentence,
)
from sayso.read.eventwords import (
    ABSTRACTS,
    ACCUSING,
    BEFALLING_NOUNS,
    BEFALLS,
    CONTROLLING,
    DEEDS_OF,
    HITTING,
    INSTRUMENTS,
    INTRANSITIVE,
    LIGHT_VERBS,
    TARGET_PREPOSITIONS,
    UNDERGOING,
)
from sayso.read.names import singular
from sayso.read.nouns import GROUP_NOUNS, NAMING, PERSON_ROLES
from sayso.wordsets import word_set

_REACH = 60  # words that a subject or a preposition is looked for over
_HOPS = 4  # verbs from one to another whose subject is the same
_PARENTHESIS = 30  # words between two commas that are passed over
_MOST = 6  # noun phrases joined by "and"
_BEHIND = 18  # words between a verb and a preposition that leads to its target
_NONE: frozenset[str] = frozenset()
_ANY = word_set("with to from into for against on")
_IRREGULAR = word_set("shot struck hit held taken sent slain beaten beset")
_GIVING = word_set("AID AGREE MOBILIZE SUPPORT COOPERATE")
_RECEIVING = word_set("to into for with")
_JUDGING = word_set("ACCUSE REJECT SUPPORT THREATEN")
_VERB_GROUP = 7  # words of "has not yet been seriously"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: words ``first`` to ``last`` (exclusive), turning on word ``head``."""

    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acts and on whom; both may be empty."""

    actors: tuple[Phrase, ...] = ()
    targets: tuple[Phrase, ...] = ()


def find_roles(s: Sentence, at: int, kind: str) -> Roles:
    """The roles of the trigger at word ``at``, an event of PLOVER type ``kind``."""
    if s.tags[at] in VERBS:
        return _of_verb(s, at, kind)
    chunk = s.chunk(at)
    if chunk is None:
        return Roles()
    if chunk.head != at and s.low[at].endswith(("ed", "en")):
        return Roles((), _phrases(s, chunk))  # "the besieged town", "jailed reporters"
    return _of_noun(s, at, chunk, kind)


# Verbs


def _of_verb(s: Sentence, at: int, kind: str) -> Roles:
    subject = _subject(s, at)
    if s.low[at] in BEFALLS:
        return Roles((), subject)
    if is_passive(s, at):
        by = _behind(s, at + 1, frozenset(("by",)), _NONE)
        actors = _parties(s, by) if by is not None else ()
        return Roles(actors, subject)
    return Roles(_acting(s, subject), _targets(s, at, kind))


def is_passive(s: Sentence, at: int) -> bool:
    """True of "was shelled", "shelled by", and "killed" that nothing follows, as in "12 killed in a raid"."""
    if s.tags[at] != PAST and s.low[at] not in _IRREGULAR:
        return False
    left = s.before(at - 1)
    if s.tag(left) == AND and s.tag(left - 1) in ("e", "v"):  # "were killed and wounded"
        left = s.before(_group_start(s, left - 1) - 1) if s.tag(s.before(left - 2)) != BE else s.before(left - 2)
    if s.tag(left) in (BE, HAVE):
        return s.tag(left) == BE
    follow = s.after(at + 1)
    follow += s.word(follow) == "dead"  # "shot dead"
    if s.word(follow) == "by" and s.tag(follow + 1) != ING:
        return True
    if s.tag(follow) in ("d", "n", "#", "u") or s.low[at] in INTRANSITIVE:
        return False
    return (
        s.tag(at) == PAST
        and s.low[at] not in ACCUSING
        and s.tag(follow) in ("p", ",", "c", "k", ";", "", '"')
        and (s.low[at] in _BEFALL_PASSIVE)
    )


_BEFALL_PASSIVE = word_set(
    """killed wounded injured arrested detained abducted kidnapped displaced murdered executed beheaded assassinated
    massacred slain jailed imprisoned captured besieged targeted bombed shelled hurt expelled evacuated freed released
    sentenced destroyed looted martyred banned sanctioned tortured raped beaten"""
)


def _targets(s: Sentence, at: int, kind: str) -> tuple[Phrase, ...]:
    """The object; where it is no party ("fired rockets at X") or missing, what a preposition of the type leads to."""
    word, follow = s.low[at], s.after(at + 1)
    follow = s.after(follow + 1) if s.word(follow) in ("up", "off", "down") else follow
    if s.tag(follow) == REL and s.word(follow) == "that":
        return ()
    if s.tag(follow) == TO and s.tag(follow + 1) in VERBS:  # "agreed to withdraw from X"
        given = s.chunk(s.after(follow + 2))
        return _object(s, follow + 1, given, TARGET_PREPOSITIONS.get(kind, _NONE) | _ANY, _given(s, given, kind))
    found = s.chunk(follow)
    if word.startswith("blam") and found is not None and (on := _behind(s, s.end(found), frozenset(("on",)))):
        return _phrases(s, on)
    if found is not None and kind in _JUDGING and word not in LIGHT_VERBS:
        return _judged(s, found)
    return _object(s, at, found, TARGET_PREPOSITIONS.get(kind, _NONE), _given(s, found, kind))


def _given(s: Sentence, found: Chunk | None, kind: str) -> bool:
    """True of a thing that is given or sent: who gets it, is the target."""
    if found is None or kind not in _GIVING:
        return False
    single = singular(s.low[found.head])
    names_party = single in GROUP_NOUNS or single in PERSON_ROLES or s.written(found.head)[0].isupper()
    return not names_party and s.tags[found.head] != PRONOUN


def _object(
    s: Sentence, verb: int, found: Chunk | None, prepositions: frozenset[str], given: bool
) -> tuple[Phrase, ...]:
    if given and found is not None and (to := _behind(s, s.end(found), _RECEIVING)):
        return _phrases(s, to)
    if found is not None and s.low[found.head] not in ABSTRACTS:
        return _phrases(s, found)
    behind = _behind(s, s.end(found) if found else verb + 1, prepositions)
    if behind is None and found is not None and found.lower is not None:
        behind = s.chunks[found.lower]
    if behind is None and found is not None and (owner := _owner(s, found)):
        return (owner,)
    return _phrases(s, behind) if behind is not None else ()


def _judged(s: Sentence, found: Chunk) -> tuple[Phrase, ...]:
    """Who is condemned, rejected or backed: of "X's decision" and "the attack by X", X; else the object."""
    single = singular(s.low[found.head])
    if single in GROUP_NOUNS or single in PERSON_ROLES:
        return _phrases(s, found)
    if owner := _owner(s, found):
        return (owner,)
    by = next((follow for preposition, follow in _attached(s, found) if preposition == "by"), None)
    return _parties(s, by) if by is not None else _phrases(s, found)


def _owner(s: Sentence, chunk: Chunk) -> Phrase | None:
    """X of "X's decision"."""
    owners = (at for at in range(chunk.head - 1, chunk.first - 1, -1) if s.owns(at))
    return next((Phrase(chunk.first, at + 1, at) for at in owners), None)


def _behind(s: Sentence, start: int, prepositions: frozenset[str], passed: frozenset[str] = ABSTRACTS) -> Chunk | None:
    """The first noun phrase behind one of ``prepositions`` that does not turn on a word of ``passed``, before another
    verb or clause begins."""
    for at in range(start, min(start + _BEHIND, len(s.tags))):
        tag = s.tags[at]
        if tag in (SUB, REL, STRONG) or (tag in FINITE and at > start):
            return None
        if s.low[at] in prepositions and tag in (PREP, TO, OF):
            chunk = s.chunk(s.after(at + 1))
            if chunk is not None and s.low[chunk.head] not in passed:
                return chunk
    return None


def _acting(s: Sentence, subject: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """``subject``, but of a thing that acts, "a rebel mortar", "a bomb planted by X", only the party behind it."""
    acting: list[Phrase] = []
    for phrase in subject:
        if s.low[phrase.head] not in INSTRUMENTS:
            acting.append(phrase)
        elif by := _by(s, phrase.last):
            acting += _parties(s, by)
        else:
            acting += _whose(s, phrase.first, phrase.head)
    return tuple(acting)


def _by(s: Sentence, start: int) -> Chunk | None:
    """What "by" leads to within a few words, before an auxiliary."""
    for at in range(start, min(start + 5, len(s.tags))):
        if s.low[at] == "by":
            return s.chunk(s.after(at + 1))
        if s.tags[at] in ("b", "h", "m", "c", ",", ";", "k", "r"):
            break
    return None


# Nouns


def _of_noun(s: Sentence, at: int, chunk: Chunk, kind: str) -> Roles:
    word = s.low[at]
    before = tuple(_whose(s, chunk.first, at))
    actors: tuple[Phrase, ...] = ()
    targets: tuple[Phrase, ...] = ()
    for preposition, follow in _attached(s, chunk):
        if preposition == "by" and not actors:
            actors = _parties(s, follow)
        elif preposition == "between" and not actors:
            first, *others = _phrases(s, follow, between=True)
            actors, targets = (first,), tuple(others)
        elif preposition == "of" and word in DEEDS_OF and kind != "AID":
            actors = actors or _parties(s, follow)
        elif preposition in TARGET_PREPOSITIONS.get(kind, ()) and not targets:
            targets = _phrases(s, follow)
        elif preposition == "from" and not actors and kind != "YIELD":
            actors = _parties(s, follow)
    if word in BEFALLING_NOUNS and before and not targets:
        targets, before = before, ()
    if word in BEFALLING_NOUNS and targets and chunk.lower is None:
        actors = actors or before
    actors = actors or before
    carrier = _carrier(s, chunk)
    if carrier is not None and not actors:
        actors = _acting(s, _subject(s, carrier)) if not is_passive(s, carrier) else ()
    return Roles(actors or _carried_by(s, chunk), targets or _undergone(s, chunk, kind) or _hit(s, chunk))


def _attached(s: Sentence, chunk: Chunk) -> Iterator[tuple[str, Chunk]]:
    """Prepositions and the noun phrases behind them, that stand behind ``chunk`` without a verb between."""
    at = chunk.last
    for _ in range(5):
        at = s.after(at)
        if s.tag(at) not in (PREP, OF, TO):
            return
        follow = s.chunk(s.after(at + 1))
        if follow is None:
            return
        yield s.low[at], follow
        at = s.end(follow) if s.low[at] != "of" else follow.last


def _whose(s: Sentence, first: int, last: int) -> list[Phrase]:
    """The party among the words before a noun: what has a genitive, a name, or a noun for a body or people."""
    for at in range(last - 1, first - 1, -1):
        if s.owns(at):
            begin = first
            return [Phrase(begin, at + 1, at)]
    run: list[int] = []
    for at in range(first, last):
        if s.tags[at] == NOUN and _names_party(s, at):
            run.append(at)
    if not run:
        return []
    return [Phrase(run[0], run[-1] + 1, run[-1])]


def _names_party(s: Sentence, at: int) -> bool:
    single = singular(s.low[at])
    if single in GROUP_NOUNS or single in PERSON_ROLES or single in NAMING or single in ("troop", "force", "rebel"):
        return True
    written = s.written(at)
    return at > 0 and written[0].isupper() and s.low[at] not in INSTRUMENTS


def _carrier(s: Sentence, chunk: Chunk) -> int | None:
    """The light verb whose object the noun is: "launched" of "launched a new attack"."""
    left = s.before(s.top(chunk).first - 1)
    if s.word(left) in ("out", "up"):
        left -= 1
    if s.tag(left) in VERBS and s.low[left] in LIGHT_VERBS:
        return left
    return None


def _carried_by(s: Sentence, chunk: Chunk) -> tuple[Phrase, ...]:
    """Whom "by" names behind the verb that the noun is the subject of: "the attack was carried out by X"."""
    end = s.end(chunk)
    for at in range(end, min(end + 25, len(s.tags))):
        if s.tags[at] in (STRONG, SUB):
            break
        if s.low[at] == "by" and any(s.low[i] in LIGHT_VERBS for i in range(max(end, at - 3), at)):
            follow = s.chunk(s.after(at + 1))
            return _parties(s, follow) if follow else ()
    return ()


def _undergone(s: Sentence, chunk: Chunk, kind: str) -> tuple[Phrase, ...]:
    """The subject of "came under attack"."""
    if kind != "ASSAULT":
        return ()
    left = s.before(chunk.first - 1)
    if s.word(left) in ("under", "to", "by", "from", "in") or s.word(left) in UNDERGOING:
        verb = left if s.tag(left) in VERBS else s.before(left - 1)
        if s.tag(verb) in VERBS and s.low[verb] in UNDERGOING:
            return _subject(s, verb)
    return ()


def _hit(s: Sentence, chunk: Chunk) -> tuple[Phrase, ...]:
    """The object of a verb of harm whose subject the noun is: "the strikes hit X", "a raid that killed X"."""
    end = s.end(chunk)
    for at in range(end, min(end + 14, len(s.tags))):
        tag = s.tags[at]
        if tag in (STRONG, SUB):
            break
        if tag in VERBS or (tag == NOUN and s.low[at] in HITTING):
            if s.low[at] not in HITTING or is_passive(s, at):
                break
            found = s.chunk(s.after(at + 1))
            return _phrases(s, found) if found is not None else ()
    return ()


# Subjects


def _group_start(s: Sentence, at: int) -> int:
    """Where the verb that ends at ``at`` begins, auxiliaries included; an infinitive's "to" is left out."""
    first = at
    for left in range(at - 1, max(-1, at - _VERB_GROUP), -1):
        tag = s.tags[left]
        if tag in (BE, HAVE, "m", "D"):
            first = left
        elif tag not in ("a", "x", '"', "w"):
            break
    return first


def _subject(s: Sentence, verb: int) -> tuple[Phrase, ...]:
    """The noun phrases that the verb at ``verb`` is said of; () where the sentence does not have it."""
    at = verb
    for _ in range(_HOPS):
        found, at = _look_left(s, at)
        if found is not None:
            return _with_those_before(s, found)
        if at < 0:
            break
    return ()


def _look_left(s: Sentence, verb: int) -> tuple[Chunk | None, int]:
    """The subject of ``verb``, or the verb whose subject is its subject too; (None, -1) where there is neither."""
    start = _group_start(s, verb)
    at = s.before(start - 1)
    if s.tags[verb] == ING and start == verb and s.tag(at) not in ("n", "u"):
        return _of_participle(s, at, verb)
    if s.tag(at) == TO:
        return _of_infinitive(s, at)
    if s.tag(at) == AND and at > 0:
        at = s.before(at - 1)
        return None, _verb_left(s, at)
    if s.tag(at) == REL:
        return _antecedent(s, at), -1
    return _nearest(s, at)


def _nearest(s: Sentence, at: int) -> tuple[Chunk | None, int]:
    """The noun phrase left of ``at`` that is in no prepositional phrase and in no parenthesis."""
    stop = max(-1, at - _REACH)
    while at > stop:
        chunk, tag = s.chunk(at), s.tags[at]
        if chunk is not None:
            outer = s.top(chunk)
            left = s.before(outer.first - 1)
            if (s.tag(left) in (PREP, TO) and s.low[left] != "including") or s.tag(left) == ING:
                at = left - 1
            elif s.tag(at + 1) == ING and outer is not chunk:  # "the risk of rebels attacking"
                return chunk, -1
            else:
                return outer, -1
        elif tag == COMMA:
            at = _before_parenthesis(s, at)
        elif tag == REL:
            return _antecedent(s, at), -1
        elif tag == AND:
            return None, _verb_left(s, at - 1)
        elif tag in (STRONG, SUB) or tag in ("b", "h", "m", "D", "v"):
            return None, -1
        else:
            at -= 1
    return None, -1


def _before_parenthesis(s: Sentence, comma: int) -> int:
    """The word before the comma that pairs with the one at ``comma``; where there is none, the word before that."""
    for at in range(comma - 1, max(-1, comma - _PARENTHESIS), -1):
        if s.tags[at] == COMMA:
            return at - 1 if s.chunk(at - 1) is not None else comma - 1
        if s.tags[at] == STRONG:
            break
    return comma - 1


def _verb_left(s: Sentence, at: int) -> int:
    """The last verb up to ``at`` that may share its subject with what follows; -1 where there is none."""
    for left in range(at, max(-1, at - _REACH), -1):
        if s.tags[left] in (STRONG,):
            return -1
        if s.tags[left] in VERBS or (s.tags[left] == BE and s.tag(left + 1) not in VERBS):
            return left
    return -1


def _antecedent(s: Sentence, relative: int) -> Chunk | None:
    """What "who", "which" or "that" stands for."""
    at = s.before(relative - 1)
    at = s.before(at - 1) if s.tag(at) in (COMMA, SKIP, PREP) else at
    chunk = s.chunk(at)
    if chunk is None:
        return None
    outer = s.top(chunk)
    left = s.before(outer.first - 1)
    # "fighters in the town who": persons are meant by "who"; what precedes the preposition has them.
    if s.low[relative] == "who" and s.tag(left) == PREP and not _is_people(s, chunk):
        further = s.chunk(s.before(left - 1))
        return s.top(further) if further is not None else outer
    return chunk if chunk.upper is not None and s.low[relative] != "who" and _is_people(s, chunk) else outer


def _is_people(s: Sentence, chunk: Chunk) -> bool:
    single = singular(s.low[chunk.head])
    return single in PERSON_ROLES or single in NAMING or single in ("people", "troop", "force", "man")


def _of_participle(s: Sentence, at: int, verb: int) -> tuple[Chunk | None, int]:
    """Of ", killing ten" and "after shelling the town": the main verb's subject; of "accused X of killing": X."""
    if s.tag(at) in (OF, PREP) and s.word(at) in ("of", "for", "from"):
        chunk = s.chunk(s.before(at - 1))
        if chunk is not None:
            outer = s.top(chunk)
            left = s.before(outer.first - 1)
            if s.tag(left) in VERBS and s.low[left] in ACCUSING:
                return outer, -1
        if s.tag(s.before(at - 1)) == PAST and s.low[s.before(at - 1)] in ACCUSING:
            return None, s.before(at - 1)  # "was accused of killing"
    left = _verb_left(s, at)
    if left >= 0:
        return None, left
    for right in range(verb + 1, min(verb + _REACH, len(s.tags) - 1)):  # "After shelling the town, the army withdrew"
        if s.tags[right] == COMMA and (chunk := s.chunk(s.after(right + 1))) is not None:
            return chunk, -1
    return None, -1


def _of_infinitive(s: Sentence, to: int) -> tuple[Chunk | None, int]:
    """Of "to attack": whoever is ordered to, or who plans to."""
    left = s.before(to - 1)
    chunk = s.chunk(left)
    if chunk is None:
        return (None, left) if s.tag(left) in VERBS else (None, _verb_left(s, left))
    outer = s.top(chunk)
    governor = s.before(outer.first - 1)
    if s.word(governor) in ("on", "for") and s.word(governor - 1) in CONTROLLING:
        return outer, -1
    if s.tag(governor) in VERBS and s.low[governor] in CONTROLLING:
        return outer, -1
    for at in range(outer.head - 1, outer.first - 1, -1):  # "the army's plans to attack"
        if s.owns(at):
            return Chunk(outer.first, at + 1, at), -1
    return None, _verb_left(s, governor)


# Noun phrases


def _phrase(s: Sentence, chunk: Chunk) -> Phrase:
    return Phrase(chunk.first, s.end(chunk), chunk.head)


def _phrases(s: Sentence, chunk: Chunk, *, between: bool = False) -> tuple[Phrase, ...]:
    """``chunk`` and the noun phrases joined to it by commas and "and"; ``between``: one more is bound to follow."""
    found = [_phrase(s, chunk)]
    while len(found) < _MOST:
        at = s.after(found[-1].last)
        joined = s.tag(at)
        if joined == COMMA and s.tag(at + 1) == AND:
            at += 1
        if joined not in (COMMA, AND):
            break
        follow = s.chunk(s.after(at + 1))
        if follow is None or not (between or _goes_on(s, follow, joined)):
            break
        found.append(_phrase(s, follow))
    return tuple(found)


def _goes_on(s: Sentence, chunk: Chunk, joined: str) -> bool:
    """True where ``chunk`` is one more of a list, and no clause of its own begins with it."""
    after = s.after(s.end(chunk))
    if s.tag(after) in FINITE:
        return False
    if joined == COMMA:
        return s.tag(after) == AND or (s.tag(after) == COMMA and s.tag(s.after(after + 1)) == AND)
    return s.tag(after) not in (REL,) or s.tags[chunk.first] != PRONOUN


def _with_those_before(s: Sentence, chunk: Chunk) -> tuple[Phrase, ...]:
    """A subject and those joined to it before it: "the army and the police shelled"."""
    found = [_phrase(s, chunk)]
    while len(found) < _MOST:
        at = s.before(found[-1].first - 1)
        if s.tag(at) == COMMA and s.tag(at + 1) != AND and len(found) < 2:
            break
        if s.tag(at) not in (AND, COMMA):
            break
        at = s.before(at - 1) if s.tag(s.before(at - 1)) != COMMA else s.before(at - 2)
        ahead = s.chunk(at)
        if ahead is None:
            break
        outer = s.top(ahead)
        left = s.tag(s.before(outer.first - 1))
        if left in VERBS | {PREP, TO, BE}:
            break
        found.append(_phrase(s, outer))
    return tuple(reversed(found))


def _parties(s: Sentence, chunk: Chunk) -> tuple[Phrase, ...]:
    """Those whom ``chunk``, behind "by", names; of "by rebel shelling" the rebels."""
    return _acting(s, _phrases(s, chunk))
