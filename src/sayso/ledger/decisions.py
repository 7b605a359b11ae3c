"""What people say of the machine's reading: of a claim, of two claims, of two parties.

What holds always, as nomenklatura's resolver keeps its judgements (https://github.com/opensanctions/nomenklatura):

1. A decision is never changed or removed. A person's newer one on the same thing supersedes that person's older one,
   and one that is taken back is superseded by nothing; who said it and when, and when it ended, stays.
2. Of the decisions on one thing that stand, whoever made them, the newest *holds*.
3. "Same" is transitive: whatever hangs together by the sames that hold is one (a connected component of the judgement
   graph). "Other" keeps two whole components apart. No "other" that holds lies within a component: a decision, or the
   taking back of one, after which one would, is refused, and the decisions that contradict each other are named.
4. What decisions make of the rows depends on those that hold alone, never on the order of their coming.

A verdict on a claim is on its row as it stands, so it carries the corrections that hold when it is made.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, delete, insert, select, update

from sayso.errors import NotThereError, UsageError
from sayso.ledger import custody
from sayso.ledger.claims import claimant_id, folded
from sayso.ledger.rows import now, storable, unpack
from sayso.ledger.schema import article, claim, decided, decision, reading
from sayso.types import Agreement, CasualtyKind, Correction, DecisionRow, Figure, Span, Stance, Verdict

Topic = Literal["claim", "story", "party"]
Pair = tuple[str, str]
Edges = defaultdict[Hashable, list[tuple[Hashable, DecisionRow]]]
AsOne = Callable[[Collection[str]], Mapping[str, Hashable]]
"""Gives for ids of claims what stands for them: claims of one episode are one whatever anybody says."""

VERDICTS: dict[Topic, tuple[Verdict, ...]] = {
    "claim": ("confirm", "reject", "correct"),
    "story": ("same-story", "other-story"),
    "party": ("same-party", "other-party"),
}
_LONGEST = {"user": 200, "note": 2_000, "claimant": 500, "who": 200}  # characters
_MOST = {"content": 64, "figures": 64}
_LARGEST = 10**9  # people, of a figure
_AT_ONCE = 400  # values bound to one statement


@dataclass(frozen=True, slots=True)
class Judgement:
    """What ``user`` says: a verdict on the claim ``about``, or on two, claims by their ids or parties by their names.
    ``correction`` goes with "correct", and with nothing else. ``seen`` is the number of the decision that held when
    ``user`` looked, 0 where none did: if another holds by now, this is refused. None: whatever holds."""

    verdict: Verdict
    about: str
    user: str
    other: str | None = None
    note: str | None = None
    correction: Correction | None = None
    seen: int | None = None


def topic(verdict: Verdict) -> Topic:
    """What a verdict is on; UsageError where it is none."""
    for name, verdicts in VERDICTS.items():
        if verdict in verdicts:
            return name
    known = ", ".join(v for verdicts in VERDICTS.values() for v in verdicts)
    raise UsageError(f"no verdict {verdict!r}; give one of: {known}")


class Judged:
    """Which ids people hold to be one, and which to be two."""

    def __init__(self, same: Iterable[Pair], other: Iterable[Pair]) -> None:
        self.same, self.other = sorted(same), sorted(other)
        self._joined: defaultdict[str, set[str]] = defaultdict(set)
        for a, b in self.same:
            self._joined[a].add(b)
            self._joined[b].add(a)
        self._root: dict[str, str] = {}
        for id_ in sorted(self._joined):
            if id_ not in self._root:
                self._root |= dict.fromkeys(self.one_with(id_), id_)

    def one_with(self, id_: str) -> set[str]:
        """All that is held to be one with ``id_``, itself included."""
        found, ahead = {id_}, [id_]
        while ahead:
            new = self._joined.get(ahead.pop(), set()) - found
            found |= new
            ahead += new
        return found

    def root(self, id_: str) -> str:
        """The least id of all that is one with ``id_``."""
        return self._root.get(id_, id_)

    def pairs_of_names(self, names: Iterable[str]) -> tuple[list[Pair], list[Pair]]:
        """Of parties: which of these names are one's, and which are two's; nothing of names that are not among them."""
        judged = {self.root(id_) for pair in (*self.same, *self.other) for id_ in pair}
        if not judged:
            return [], []
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(names):
            if (root := self.root(claimant_id(name))) in judged:
                groups[root].append(name)
        same = [(held[0], name) for held in groups.values() for name in held[1:]]
        apart = {tuple(sorted((self.root(a), self.root(b)))) for a, b in self.other}
        return same, [(groups[a][0], groups[b][0]) for a, b in sorted(apart) if a in groups and b in groups]


class Decisions:
    """The decisions in a ledger, on a connection whose transaction the caller ends."""

    def __init__(self, connection: Connection) -> None:
        self._do = connection.execute
        self._connection = connection

    def add(self, said: Judgement, as_one: AsOne) -> DecisionRow:
        """Enter a decision; the one that holds already where the same person said the very same, and nobody else since.

        UsageError where it cannot be so, contradicts what holds, or another holds than was seen: then the caller must
        end the transaction without keeping it.
        """
        on = topic(said.verdict)
        values = _columns(said, on)
        if (said.correction is not None) != (said.verdict == "correct"):
            raise UsageError("a correction goes with the verdict correct, and correct with what is to be corrected.")
        if on == "claim":
            values["detail"] = self._corrections(said)
        broken = self._contradictions(on, as_one)
        before = self._standing(on, values)
        if before is not None and self._holds(before) and all(getattr(before, k) == v for k, v in values.items()):
            return decision_row(before)
        self._check_seen(on, values, said.seen)
        ended = self._end(before)
        row = values | {"at": now()}
        key = self._do(insert(decision), row).inserted_primary_key
        assert key is not None  # a single row was inserted
        self._log("decided", values, ended, [(decision, [row | {"key": key[0]}])])
        self._settle(on, values["about"], as_one, broken)
        return decision_row(self._do(select(decision).where(decision.c.key == key[0])).one())

    def undo(self, said: Judgement, as_one: AsOne) -> DecisionRow:
        """Take back what a person's decision on a thing was, whatever it was. NotThereError where there is none;
        UsageError as in ``add``."""
        on = topic(said.verdict)
        values = _columns(said, on)
        broken = self._contradictions(on, as_one)
        standing = self._standing(on, values)
        if standing is None:
            what = " and ".join(filter(None, (said.about, said.other)))
            raise NotThereError(f"{said.user} has decided nothing on {what} that stands; see: sayso decide --list")
        self._log("undone", values, self._end(standing))
        self._settle(on, standing.about, as_one, broken)
        return decision_row(self._do(select(decision).where(decision.c.key == standing.key)).one())

    def judged(self, on: Topic) -> Judged:
        """What holds between claims, or between parties, by their ids."""
        pairs: dict[bool, list[Pair]] = {True: [], False: []}
        for row in self._holding(on):
            pairs[row.verdict.startswith("same")].append((row.about, row.other))
        return Judged(pairs[True], pairs[False])

    def settle_claims(self, ids: Collection[str]) -> None:
        """Make anew what decisions make of the rows of these claims, in all readings."""
        listed = sorted(ids)
        for at in range(0, len(listed), _AT_ONCE):
            some = listed[at : at + _AT_ONCE]
            holding = {row.about: row for row in self._holding("claim", decision.c.about.in_(some))}
            keys = select(claim.c.key).where(claim.c.id.in_(some))
            self._do(delete(decided).where(decided.c.claim_key.in_(keys)))
            rows = select(claim, article.c.text.label("whole")).select_from(claim.join(reading).join(article))
            for row in self._do(rows.where(claim.c.id.in_(list(holding)))).all() if holding else ():
                self._do(insert(decided), _as_decided(row, holding[row.id]))

    def _corrections(self, said: Judgement) -> str | None:
        """What the claim's row is to have that was not read so, as JSON: what holds already, and what is new."""
        row = self._do(
            select(claim, article.c.text.label("whole"))
            .select_from(claim.join(reading).join(article))
            .where(claim.c.id == said.about)
            .order_by(claim.c.key.desc())
            .limit(1)
        ).one()
        holding = next(self._holding("claim", decision.c.about == said.about), None)
        stands = json.loads(holding.detail) if holding is not None and holding.detail else {}
        new = {} if said.correction is None else _as_json(_checked(said.correction, unpack(row.whole)))
        return json.dumps(stands | new, ensure_ascii=False, sort_keys=True) if stands or new else None

    def _standing(self, on: Topic, values: Mapping[str, Any]) -> Row[Any] | None:
        """What the same person said last of the same, unless it was taken back."""
        same = [decision.c[name].is_not_distinct_from(values[name]) for name in ("about", "other", "user")]
        return self._do(standing(on).where(*same)).one_or_none()

    def _holds(self, row: Row[Any]) -> bool:
        """True where nobody has said anything newer that stands on the same thing."""
        same = (decision.c.about == row.about, decision.c.other.is_not_distinct_from(row.other))
        return all(newest.key == row.key for newest in self._holding(topic(row.verdict), *same))

    def _check_seen(self, on: Topic, values: Mapping[str, Any], seen: int | None) -> None:
        """UsageError where another decision holds on the thing than whoever decides has seen."""
        if seen is None:
            return
        same = (decision.c.about == values["about"], decision.c.other.is_not_distinct_from(values["other"]))
        holding = next(self._holding(on, *same), None)
        if (holding.key if holding is not None else 0) == seen:
            return
        if holding is None:
            meanwhile = "what was decided on this has been taken back meanwhile."
        else:
            who = "you have" if holding.user == values["user"] else f"{holding.user} has"
            meanwhile = f"{who} decided on this meanwhile: {in_words(decision_row(holding))}."
        raise UsageError(f"{meanwhile} Look at how it stands now, and decide again if you still mean it.")

    def _end(self, row: Row[Any] | None) -> dict[str, str]:
        """End a decision, if there is one; which it was, by its key, and when."""
        if row is None:
            return {}
        at = now()
        self._do(update(decision).where(decision.c.key == row.key), {"superseded_at": at})
        return {str(row.key): at}

    def _log(
        self,
        what: Literal["decided", "undone"],
        said: Mapping[str, Any],
        ended: Mapping[str, str],
        rows: Iterable[tuple[Table, custody.Rows]] = (),
    ) -> None:
        detail = {"verdict": said["verdict"], "other": said["other"], "superseded": ended}
        custody.enter(self._connection, what, said["about"], detail, rows, who=said["user"])

    def _holding(self, on: Topic, *conditions: ColumnElement[bool]) -> Iterator[Row[Any]]:
        """The newest decision that stands on each thing, by their numbers."""
        newest = {(row.about, row.other): row for row in self._do(standing(on).where(*conditions))}
        return iter(sorted(newest.values(), key=lambda row: row.key))

    def _settle(self, on: Topic, about: str, as_one: AsOne, broken: Collection[int]) -> None:
        """Have the rows follow; UsageError where decisions contradict each other that did not before."""
        if on == "claim":
            self.settle_claims([about])
        for id_, reason in self._contradictions(on, as_one).items():
            if id_ not in broken:
                raise UsageError(reason)

    def _contradictions(self, on: Topic, as_one: AsOne) -> dict[int, str]:
        """The decisions, by their numbers, that two are not one which by others are one, with the reason in words.

        There are none, unless a re-reading has put into one episode what were two.
        """
        if on == "claim":
            return {}
        held = list(self._holding(on))
        ids = sorted({id_ for row in held for id_ in (row.about, row.other)})
        stands_for = as_one(ids) if on == "story" else {}
        edges: Edges = defaultdict(list)
        for row in held:
            if row.verdict.startswith("same"):
                ends = [stands_for.get(id_, id_) for id_ in (row.about, row.other)]
                for a, b in (ends, ends[::-1]):
                    edges[a].append((b, decision_row(row)))
        found = {}
        for row in held:
            if row.verdict.startswith("other"):
                a, b = (stands_for.get(id_, id_) for id_ in (row.about, row.other))
                if (way := _way(edges, a, b)) is not None:
                    found[int(row.key)] = _contradicted(decision_row(row), way)
        return found


def standing(on: Topic) -> Select[Any]:
    """The decisions that stand on claims, stories or parties: of those on one thing the one that holds comes last."""
    wanted = select(decision).where(decision.c.verdict.in_(VERDICTS[on]), decision.c.superseded_at.is_(None))
    return wanted.order_by(decision.c.key)


def listed(about: Sequence[str], limit: int | None) -> Select[Any]:
    """All decisions, the newest first; only those on one of these ids, if there are any."""
    wanted = select(decision).order_by(decision.c.key.desc()).limit(limit)
    return wanted.where(decision.c.about.in_(about) | decision.c.other.in_(about)) if about else wanted


def verdicts_of(user: str) -> Select[Any]:
    """The verdicts of a person on claims that stand: about, verdict."""
    return standing("claim").with_only_columns(decision.c.about, decision.c.verdict).where(decision.c.user == user)


def agreement(one: str, other: str, said: Mapping[str, str], replied: Mapping[str, str]) -> Agreement:
    """How far two people agree on the claims that both decided, from the verdicts of each by the claims' ids.

    Kappa is how much more often than by chance: J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational
    and Psychological Measurement 20 (1), 1960. Two who correct a claim agree that it must be, whatever they make of it.
    """
    both = sorted(said.keys() & replied.keys())
    if not both:
        return Agreement(one, other, 0, None, None)
    share = sum(said[id_] == replied[id_] for id_ in both) / len(both)
    verdicts = [[votes[id_] for id_ in both] for votes in (said, replied)]
    chance = sum(verdicts[0].count(v) * verdicts[1].count(v) for v in VERDICTS["claim"]) / len(both) ** 2
    return Agreement(one, other, len(both), share, None if chance == 1 else (share - chance) / (1 - chance))


def decision_row(row: Row[Any]) -> DecisionRow:
    """The listing's record of a decision."""
    detail = json.loads(row.detail) if row.detail else {}
    on_claim = row.verdict in VERDICTS["claim"]
    about, other = detail["names"] if row.verdict in VERDICTS["party"] else (row.about, row.other)
    return DecisionRow(
        id=row.key,
        verdict=row.verdict,
        about=about,
        other=other,
        user=row.user,
        at=row.at,
        superseded=row.superseded_at,
        note=row.note,
        correction=_correction(detail) if on_claim and detail else None,
    )


def in_words(row: DecisionRow) -> str:
    """A decision as messages name it."""
    what = " and ".join(filter(None, (row.about, row.other)))
    return f"decision {row.id} ({row.verdict}: {what}; {row.user}, {row.at[:10]})"


def _columns(said: Judgement, on: Topic) -> dict[str, Any]:
    """A judgement as a row of the table, without the time; of a claim also without corrections."""
    user = storable(said.user.strip())
    if not user:
        raise UsageError("a decision needs the name of whoever makes it, got a blank one.")
    if (said.other is None) != (on == "claim"):
        raise UsageError(f"{said.verdict} is a verdict on {'one claim' if on == 'claim' else 'two'}.")
    note = storable(said.note.strip()) or None if said.note else None
    for name, text in (("user", user), ("note", note)):
        _check_length(name, text)
    values = {"verdict": said.verdict, "other": None, "detail": None, "note": note, "user": user}
    if said.other is None:
        return values | {"about": said.about}
    of = {said.about: said.about, said.other: said.other}
    if on == "party":
        of = {claimant_id(name): storable(name) for name in (said.about, said.other) if folded(name)}
        for name in of.values():
            _check_length("claimant", name)
    if len(of) < 2:
        raise UsageError(f"{said.verdict} is a verdict on two, got {said.about!r} and {said.other!r}, which are one.")
    ids = sorted(of)
    if on == "party":
        values["detail"] = json.dumps({"names": [of[id_] for id_ in ids]}, ensure_ascii=False)
    return values | {"about": ids[0], "other": ids[1]}


def _check_length(name: str, text: str | None) -> None:
    if text is not None and len(text) > _LONGEST[name]:
        raise UsageError(f"{name}: expected at most {_LONGEST[name]:,} characters, got {len(text):,}.")


def _contradicted(row: DecisionRow, way: Sequence[DecisionRow]) -> str:
    """What to say where two are one by ``way``, and not by ``row``."""
    if not way:
        return (
            f"{row.about} and {row.other} are in one article, which tells of both as of one event: they cannot be two "
            "stories. Correct or reject the one that is read wrongly."
        )
    named = ", ".join(in_words(step) for step in sorted(way, key=lambda step: step.id))
    return (
        f"that contradicts what was decided: {row.about} and {row.other} would be one by {named}, and two by "
        f"{in_words(row)}. Whoever made one of these can take it back with: sayso decide … --undo"
    )


def _way(edges: Edges, start: Hashable, end: Hashable) -> list[DecisionRow] | None:
    """The fewest decisions that make two one; None where none do."""
    ways: dict[Hashable, list[DecisionRow]] = {start: []}
    ahead = deque([start])
    while ahead:
        here = ahead.popleft()
        if here == end:
            return ways[here]
        for there, row in edges.get(here, ()):
            if there not in ways:
                ways[there] = [*ways[here], row]
                ahead.append(there)
    return None


# Corrections


def _checked(given: Correction, text: str) -> Correction:
    """``given`` if it can be so in an article with this text; UsageError, with the reason, where it cannot."""
    if given == Correction():
        raise UsageError("nothing to correct. Give what is to stand in the place of what was read.")
    for name in ("source", "cue", "content"):
        _check_spans(name, getattr(given, name), text)
    if given.stance is not None and given.stance not in get_args(Stance):
        raise UsageError(f"stance: expected one of {', '.join(get_args(Stance))}, got {given.stance!r}.")
    _check_length("claimant", given.claimant)
    for figure in given.figures or ():
        _check_figure(figure)
    if len(given.figures or ()) > _MOST["figures"]:
        raise UsageError(f"figures: expected at most {_MOST['figures']}, got {len(given.figures or ())}.")
    return given


def _check_spans(name: str, spans: tuple[Span, ...] | None, text: str) -> None:
    most = _MOST.get(name, 1)
    if spans is None:
        return
    if len(spans) > most or (name == "content" and not spans):
        raise UsageError(
            f"{name}: expected {'1 to' if name == 'content' else 'at most'} {most}, got {len(spans)} spans."
        )
    for span in spans:
        if not 0 <= span.start < span.end <= len(text) or text[span.start : span.end] != span.text:
            raise UsageError(f"{name}: {span.text!r} is not what stands at {span.start} to {span.end} of the article.")
    if any(a.end > b.start for a, b in pairwise(spans)):
        raise UsageError(f"{name}: expected spans in the order of the text that do not overlap.")


def _check_figure(figure: Figure) -> None:
    numbers = [n for n in (figure.min, figure.max) if n is not None]
    if figure.kind not in get_args(CasualtyKind):
        raise UsageError(f"figure: expected one of {', '.join(get_args(CasualtyKind))}, got {figure.kind!r}.")
    if not numbers or min(numbers) < 0 or max(numbers) > _LARGEST or numbers != sorted(numbers):
        raise UsageError(f"figure: expected a least and a most, or one of them, got {figure.min} and {figure.max}.")
    _check_length("who", figure.who)


def _as_json(given: Correction) -> dict[str, Any]:
    """A correction without what stays as it was read."""
    return {name: value for name, value in asdict(given).items() if value is not None}


def _correction(detail: Mapping[str, Any]) -> Correction:
    made: dict[str, Any] = dict(detail)
    for name in ("source", "cue", "content"):
        if name in made:
            made[name] = tuple(Span(**span) for span in made[name])
    if "figures" in made:
        made["figures"] = tuple(Figure(**figure) for figure in made["figures"])
    return Correction(**made)


def _as_decided(row: Row[Any], holding: Row[Any]) -> dict[str, Any]:
    """The row of ``decided`` for a claim's row (``whole`` is its article's text) and the decision that holds on it."""
    given = _correction(json.loads(holding.detail)) if holding.detail else Correction()
    if given.content and unfit(given.content, unpack(row.whole)):
        given = replace(given, content=None)  # another version of the article, with another text
    values: dict[str, Any] = {name: getattr(row, name) for name in _STANDING}
    if given.claimant is not None:
        chain = json.loads(row.chain)
        values["claimant"] = storable(given.claimant) or None
        values["claimant_id"] = claimant_id(given.claimant) if given.claimant else None
        if chain != [values["claimant"]]:  # the outlet itself, as was read
            values["chain"] = json.dumps([*(chain[:-1] or chain), values["claimant"]])
    if given.stance is not None:
        values["stance"] = given.stance
    if given.content:
        values["spans"] = json.dumps([[s.start, s.end, s.text] for s in given.content])
        values["text"] = storable(" … ".join(s.text for s in given.content))
    if given.figures is not None:
        values["figures"] = json.dumps([[f.min, f.max, f.kind, f.who] for f in given.figures])
    values["claimant_folded"] = storable(folded(values["claimant"])) if values["claimant"] else None
    return values | {"claim_key": row.key, "verdict": holding.verdict}


_STANDING = ("claimant", "claimant_id", "chain", "stance", "text", "spans", "figures")


def unfit(spans: Iterable[Span], text: str) -> bool:
    """True where one of the spans is not in this text."""
    return any(text[span.start : span.end] != span.text for span in spans)
