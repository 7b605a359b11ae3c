"""What people decide, entered so that what rests on it follows; and what waits for them.

Decisions go before what a machine read: ``sayso.linking`` makes again the stories, relations and warnings that rest on
them, in the transaction that enters them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from sayso.errors import NotThereError, UsageError
from sayso.ledger import Judgement, Ledger
from sayso.ledger.claims import claimant_id, party_key
from sayso.ledger.decisions import topic
from sayso.ledger.store import StoredClaimant
from sayso.link import naming, parties, stories
from sayso.linking import remake
from sayso.types import ClaimantRow, DecisionRow, Filters, FirstTold, Waiting

ASKED = 400  # claimants, those with most claims, whose names are held against each other to be decided on
NAMED = 5  # parties that are named where a name may be that of several


def named_parties(ledger: Ledger) -> dict[str, str]:
    """For each name that somebody goes by who claims something, the name that this party goes by."""
    return _party_of(ledger, {name: party.claims for party in ledger.called() for name in party.names})


def claimants(
    ledger: Ledger,
    f: Filters = Filters(),  # noqa: B008 (frozen)
    party_of: Mapping[str, str] | None = None,
) -> list[ClaimantRow]:
    """Who claims something, each party once, by the name that it goes by; those with most claims first. ``by`` narrows
    it to parties one of whose names has these words. ``party_of`` is what ``named_parties`` gives, where the caller has
    it."""
    return list(ledger.claimants(f, named_parties(ledger) if party_of is None else party_of))


def claimant(ledger: Ledger, name: str, party_of: Mapping[str, str] | None = None) -> StoredClaimant:
    """What is known of the party that goes by ``name``, whatever else articles call it; failing that, of the one of
    whose names it is a part, or of all that have one person's name. ``party_of`` is what ``named_parties`` gives, where
    the caller has it. NotThereError where there is none, or more than one."""
    party_of = named_parties(ledger) if party_of is None else party_of
    exact = {party_of[called] for called in party_of if party_key(called) == party_key(name)}
    if name in party_of:  # spelt so: of "Both sides" and "both sides", who are not one party, the one that is meant
        exact = {party_of[name]}
    found = sorted(exact or {party_of[called] for called in party_of if party_key(name) in party_key(called)})
    if not found:
        raise NotThereError(_nobody(ledger, name))
    if len(found) > 1 and not _is_one_person(ledger, [called for called in party_of if party_of[called] in found]):
        more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
        raise NotThereError(
            f"{name!r} is part of several names: {'; '.join(found[:NAMED])}{more}. Give more of it; or, where two are "
            "one party, say so: sayso decide NAME same-party NAME"
        )
    ids = sorted({claimant_id(called) for called in party_of if party_of[called] in found})
    return ledger.claimant(ids, max(found, key=lambda called: (len(naming.named(called).core), called)))


def _is_one_person(ledger: Ledger, names: Collection[str]) -> bool:
    """True where all are one full name, or its last part: with two offices they are not put together, as they may be
    namesakes, but whoever asks for the name asks for both. False where somebody has decided that two are not one."""
    if ledger.judged_parties().pairs_of_names(names)[1]:
        return False
    cores = {naming.named(called).core for called in names}
    full = {core for core in cores if len(core) > 1}
    return len(full) == 1 and all(core[-1:] == next(iter(full))[-1:] for core in cores)


def decide(ledger: Ledger, said: Judgement) -> DecisionRow:
    """Enter what a person says, and have stories, relations and warnings follow at once, in the same transaction.

    Claims are given by their ids or the beginnings of these, parties by name or by a claim of theirs. Only what rests
    on it is made again: the stories of the claims or parties that it is about, and what hangs together with them.
    UsageError where it cannot be so, or contradicts decisions that hold; NotThereError for a claim that is not there;
    LedgerError where the ledger cannot be written.
    """
    return ledger.decide(_with_names(ledger, said, _called), remake)


def undo(ledger: Ledger, said: Judgement) -> DecisionRow:
    """Take back what ``said.user`` decided on a thing, as ``decide``; any verdict on the thing will do. Parties may be
    given by names under which nobody claims anything any more. NotThereError where nothing stands."""
    return ledger.undo(_with_names(ledger, said, _once_called), remake)


def queue(ledger: Ledger, limit: int = 50) -> list[Waiting]:
    """What waits for a person, those first that are least certain and most used: ``Waiting.weight``.

    Claims on which nobody has decided: see ``Ledger.queue``. Pairs of names that are likely one party's, and not put
    together: the doubt is what lacks to being sure, and what hangs on it the claims of the one with fewer. Pairs of
    stories that are almost one: of two whose reports are on average, as ``stories.near`` has it, just not alike enough
    the doubt is half, and less the less alike they are; what hangs on it are the claims of the one with fewer. Each
    story is there once at most.
    """
    waiting = [*ledger.queue(limit), *_names_to_decide(ledger), *_stories_to_decide(ledger, limit)]
    return sorted(waiting, key=lambda w: (-w.weight, w.kind, w.about, w.other or ""))[:limit]


def _with_names(ledger: Ledger, said: Judgement, called: Callable[[Ledger, str], str]) -> Judgement:
    """The judgement, with the names of the claimants where it is on parties and gives claims of theirs."""
    if topic(said.verdict) != "party":
        return said
    return replace(said, about=called(ledger, said.about), other=said.other and called(ledger, said.other))


def _called(ledger: Ledger, party: str) -> str:
    named = (name for row in ledger.claimants(Filters(by=party)) for name in row.names)
    if exact := sorted(name for name in named if party_key(name) == party_key(party)):
        return exact[0]
    try:
        row = ledger.claim(party).row
    except NotThereError as error:
        if re.fullmatch("[0-9a-f]+", party):
            raise
        raise NotThereError(_nobody(ledger, party)) from error
    if row.claimant is None:
        raise UsageError(f"claim {row.id} is by somebody unnamed: nobody can say who is the same party.")
    return row.claimant


def _nobody(ledger: Ledger, name: str) -> str:
    listing = f"sayso claimants --ledger {ledger.where}"
    return f"nobody called {name!r} claims anything in {ledger.where}; list who does: {listing}"


def _once_called(ledger: Ledger, party: str) -> str:
    try:
        return _called(ledger, party)
    except NotThereError:  # its claims were rejected, or are read as somebody else's
        return party


def _party_of(ledger: Ledger, names: Mapping[str, int]) -> dict[str, str]:
    """The name that each name's party goes by."""
    return parties.resolve(names, *ledger.judged_parties().pairs_of_names(names))


def _names_to_decide(ledger: Ledger) -> Iterator[Waiting]:
    rows = ledger.called()[:ASKED]
    party_of = _party_of(ledger, {name: row.claims for row in rows for name in row.names})
    judged = ledger.judged_parties()
    apart = {frozenset((judged.root(a), judged.root(b))) for a, b in judged.other}
    row_of = {row.names[0]: row for row in rows}
    asked: set[frozenset[str]] = set()  # of two parties once, by the names that are used most
    for one, two, sure in parties.suggested(row_of):
        pair = frozenset((party_of[one], party_of[two]))
        if len(pair) == 1 or pair in asked:
            continue
        if frozenset((judged.root(row_of[one].id), judged.root(row_of[two].id))) not in apart:
            asked.add(pair)
            yield Waiting("party", one, two, one, two, 1 - sure, row_of[two].claims)


def _stories_to_decide(ledger: Ledger, limit: int) -> Iterator[Waiting]:
    with ledger.at_one_moment() as held:
        told = held.alike_episodes(stories.COPY)
        near: list[tuple[float, str, str]] = []
        taken: set[str] = set()
        for likeness, a, b in stories.near(told.pairs, told.story_of, told.judged):
            if len(near) < limit and taken.isdisjoint((a, b)) and frozenset((a, b)) not in told.apart:
                taken.update((a, b))
                near.append((likeness, a, b))
        heads = held.story_heads(taken)
        first = {
            id_: FirstTold(*held.head_of_article(row.articles[0]), len(row.articles), row.claims)
            for id_, (row, _) in heads.items()
        }
    for likeness, a, b in near:
        (one, about), (two, other) = heads[a], heads[b]
        if about and other:
            doubt, uses = min(likeness / stories.SAME, 1.0) / 2, min(one.claims, two.claims)
            yield Waiting(
                *("story", about, other, one.label, two.label, doubt, uses),
                published=one.first,
                told=first[a],
                other_told=first[b],
            )
