"""What is in the ledger, related: echoes, stories, how claims relate, warnings and what came of them, findings.

Articles are taken up in the order in which they were read, some at a time, so that the ledger is seldom asked. Each is
compared with those only that it is filed beside, what it changes is grouped again, and only stories of which something
changed are told anew; so an article more costs no more in a large ledger than in a small one. What two articles have to
do with each other depends on these two, and a group is made anew from all its pairs: the result is the same in whatever
order they arrive, as long as no more than ``COMPARED`` share words with one and no more than ``GATHERS`` tell of one
place on one day. Beyond, each is compared with some of them.

What people decide (``sayso.deciding``) goes before. Claims of one story, or of two, bind the episodes that hold them;
one party, or two, the names; a rejected claim counts for nothing, and one that was corrected as it was corrected.
Episodes and pairs are the machine's reading alone, so a decision on one claim never moves an article. In which order
decisions and articles come makes no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from time import perf_counter
from typing import Any, NamedTuple, Protocol, TypeVar

from sayso.ledger import Ledger
from sayso.ledger.claims import folded
from sayso.ledger.decisions import topic
from sayso.ledger.linked import Linked, Pair, Pairs
from sayso.ledger.packed import Stored, Told, linkable_of
from sayso.ledger.shelves import Node, Shelf
from sayso.link import alignment, echoes, findings, parties, relations, standing, stories, warnings, wires
from sayso.link.days import appeared, day_of
from sayso.link.episodes import episodes
from sayso.link.terms import hashed
from sayso.types import ClaimRow, DecisionRow, Episode, LinkRow, LinkSummary, StoryRow

COMPARED = 50  # articles that share most with another are compared with it word by word
BATCH = 400  # articles that are linked in one transaction, at the most
AT_ONCE = 20  # articles for which the ledger is asked at once, and episodes whose stories are told
LONGEST = 5.0  # seconds after which a transaction takes up no more: others may be waiting to write


Given = TypeVar("Given")
Made = TypeVar("Made")
Watch = Callable[[int, int], None]  # is told how many articles of how many are linked


class Spread(Protocol):
    """What does one thing for each of several, as ``map`` does: in their order, and perhaps in other processes."""

    def __call__(self, function: Callable[[Given], Made], given: Iterable[Given], /) -> Iterable[Made]:
        """What ``function`` makes of each."""


def link(
    ledger: Ledger, *, again: bool = False, watch: Watch | None = None, spread: Spread = map, at_once: int = AT_ONCE
) -> LinkSummary:
    """Link what was read since the last time; all that there is if ``again``.

    Each batch of articles is linked whole, and a run that was cut off goes on where it stopped. What takes time depends
    on few articles, and is handed to ``spread`` for ``at_once`` of them or so; whatever that is, the result is the
    same. LedgerError where the ledger cannot be written.
    """
    started = perf_counter()
    with ledger.linking() as linked:
        if again:
            linked.clear()
        total, last = linked.count_waiting(), linked.linked_up_to()
    done = 0
    while done < total:
        begun, taken = perf_counter(), 0
        with ledger.linking() as linked:
            waiting = linked.waiting(last, BATCH)
            fresh = linked.to_link(waiting)
            for keys in _parts(waiting, fresh, at_once):
                _take_up(linked, [key for key in keys if key in fresh], spread)
                last, done, taken = keys[-1], done + len(keys), taken + len(keys)
                if perf_counter() - begun > LONGEST:
                    break
            _group(linked, spread, at_once)
            linked.log(taken, last)
        if watch:
            watch(done, total)
    with ledger.linking() as linked:
        return LinkSummary(done, *linked.counts(), perf_counter() - started)


def _parts(keys: Iterable[int], again: Mapping[int, bool], size: int) -> Iterator[list[int]]:
    """The keys of readings, so many at once at the most. One that is there ``again``, for an earlier reading, is alone:
    the others might be held against what it takes away."""
    part: list[int] = []
    for key in keys:
        alone = again.get(key, False)
        if part and (alone or len(part) >= size):
            yield part
            part = []
        part.append(key)
        if alone:
            yield part
            part = []
    if part:
        yield part


def remake(linked: Linked, said: DecisionRow) -> None:
    """Make again what rests on that on which a decision was taken, or taken back."""
    about = [id_ for id_ in (said.about, said.other) if id_]
    if topic(said.verdict) == "party":
        linked.touch_parties(about)
    else:
        linked.touch_claims(about)
    if topic(said.verdict) == "claim" and (keys := linked.take_off_shelves(said.about)):
        key, reading_key = keys
        read = linked.linkable(reading_key).reading
        wide = warnings.wide_places(read)
        _file_harm(linked, reading_key, key, read.article.outlet, _harm(linked.as_decided(reading_key), wide), wide)
    _group(linked)


def add_body(ledger: Ledger, body: str) -> None:
    """Call what ``body`` says findings from now on, also what is linked already."""
    with ledger.linking() as linked:
        if not linked.finders.add_body(body):
            return  # what it says was filed as it was linked
        for key, reading_key in linked.finders.told_by(body):
            wide = warnings.wide_places(linked.linkable(reading_key).reading)
            for number, claim in _counting(linked.as_decided(reading_key)):
                _file_finding(linked, (key, number), claim, wide)
                # What another body found no longer concerns it.
                linked.finders.changed.update(linked.shelves.near(Shelf.FINDINGS, _told_under(claim, wide)))
        _group(linked)


def _take_up(linked: Linked, reading_keys: Sequence[int], spread: Spread) -> None:
    """Enter articles, compare each with those that it is filed beside, and file it."""
    made = dict(zip(reading_keys, spread(_prepared, linked.stored(reading_keys)), strict=True))
    for reading_key in linked.decided_among(reading_keys):
        harm = _harm(linked.as_decided(reading_key), made[reading_key].wide)
        made[reading_key] = replace(made[reading_key], harm=harm)
    keys = {key: linked.put(key, one.told, one.episodes, one.wire) for key, one in made.items()}
    copied: ScoredBoth = {}
    alike: ScoredBoth = {}
    with linked.shelves.at_hand(_wanted(made.values())):
        entered = (_enter(linked, reading_key, keys[reading_key], one) for reading_key, one in made.items())
        for copies, events in spread(_compared, entered):
            copied |= copies
            alike |= events
    linked.pair(Pair.COPY, copied)
    linked.pair(Pair.EVENT, alike)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What of an article depends on nothing else: what is noted of it, what it tells, whose it is, and under which keys
    it is filed and looked up."""

    told: Told
    text: str
    episodes: tuple[Episode, ...]
    wire: str | None
    meets: echoes.Meeting
    places: tuple[list[int], ...]  # for each episode
    harm: _Harm
    wide: Collection[str]


@dataclass(frozen=True, slots=True)
class _Harm:
    """Under which keys an article's claims, by their numbers, are filed: those that warn, that tell of harm, and that
    deny it; and under which a finding may concern them."""

    warns: dict[int, list[int]]
    tells: dict[int, list[int]]
    denies: dict[int, list[int]]
    told: dict[int, list[int]]


@dataclass(frozen=True, slots=True)
class _Beside:
    """An article, and what it is to be compared with: others by their texts and main episodes; and for each of its
    episodes those of others."""

    key: int
    text: str
    episodes: tuple[Episode, ...]
    texts: dict[Node, tuple[str, Episode, int]]  # and how many keys they share
    near: tuple[dict[Node, Episode], ...]


def _prepared(stored: Stored) -> _Prepared:
    read = linkable_of(stored)
    about = read.reading.article
    told = episodes(read)
    wide = warnings.wide_places(read.reading)
    when = appeared(read.reading)
    return _Prepared(
        told=Told.of(read, when),
        text=about.text,
        episodes=told,
        wire=wires.wire(about.text, about.outlet),
        meets=echoes.meeting(alignment.bands(about.text), day_of(when)),
        places=tuple([hashed(block) for block in stories.blocks(e)] for e in told),
        harm=_harm(read.claims, wide),
        wide=wide,
    )


def _wanted(made: Iterable[_Prepared]) -> dict[Shelf, set[int]]:
    """What articles are filed and looked up under."""
    wanted: dict[Shelf, set[int]] = {shelf: set() for shelf in Shelf}
    for one in made:
        wanted[Shelf.PASSAGES].update(one.meets.filed, one.meets.near, one.meets.ever)
        wanted[Shelf.EVENTS].update(*one.places)
        wanted[Shelf.WARNINGS].update(*one.harm.warns.values(), *one.harm.tells.values())
        wanted[Shelf.HARM].update(*one.harm.tells.values())
        wanted[Shelf.DENIED].update(*one.harm.denies.values())
    return wanted


def _enter(linked: Linked, reading_key: int, key: int, made: _Prepared) -> _Beside:
    """File an article. What it is to be compared with are those that were filed before it, under the same keys."""
    meets, shelves = made.meets, linked.shelves
    again = islice(shelves.near(Shelf.PASSAGES, meets.ever, echoes.MOSTLY).items(), COMPARED)
    beside = dict(again) | dict(islice(shelves.near(Shelf.PASSAGES, meets.near).items(), COMPARED))
    texts = linked.texts({other for other, _ in beside})
    beside = {node: n for node, n in beside.items() if echoes.may_copy(made.text, texts[node[0]], n)}
    mains = linked.episodes({(other, 0) for other, _ in beside})
    shelves.file(Shelf.PASSAGES, {(key, 0): meets.filed})
    near = [[node for node in shelves.near(Shelf.EVENTS, under) if node[0] != key] for under in made.places]
    told = linked.episodes({node for nodes in near for node in nodes})
    places = {(key, e.number): under for e, under in zip(made.episodes, made.places, strict=True)}
    shelves.file(Shelf.EVENTS, places)
    _file_harm(linked, reading_key, key, made.told.outlet, made.harm, made.wide)
    return _Beside(
        *(key, made.text, made.episodes),
        texts={other: (texts[other[0]], mains[other[0], 0], keys) for other, keys in beside.items()},
        near=tuple({node: told[node] for node in nodes} for nodes in near),
    )


ScoredBoth = dict[tuple[Node, Node], tuple[float, float]]


def _compared(beside: _Beside) -> tuple[ScoredBoth, ScoredBoth]:
    """Which others an article copies, or is copied by; and which tell of an event of its."""
    alike: Pairs = {}
    copies: ScoredBoth = {}
    key, told = beside.key, beside.episodes
    for other, (text, main, keys) in beside.texts.items():
        event = stories.copies_event(told[0], main)
        if not event and not echoes.may_be_same(beside.text, text, keys):
            continue
        copy = alignment.copied(beside.text, text)
        if copy and echoes.is_echo(beside.text, text, copy, event):
            copies[(key, 0), other] = copy.share_a, copy.share_b
            alike[(key, 0), (other[0], 0)] = stories.COPY
    for episode, near in zip(told, beside.near, strict=True):
        node = key, episode.number
        for other, another in near.items():
            if (score := stories.likeness(episode, another)) >= stories.LIKE:
                alike[node, other] = max(score, alike.get((node, other), 0.0))
    return copies, {pair: (score, score) for pair, score in alike.items()}


def _counting(claims: Collection[ClaimRow]) -> list[tuple[int, ClaimRow]]:
    """The claims that nobody rejected, with their numbers."""
    return [(number, claim) for number, claim in enumerate(claims) if claim.decision != "reject"]


def _claimants(claims: Iterable[ClaimRow]) -> Counter[str]:
    return Counter(claim.claimant for claim in claims if claim.claimant)


def _harm(claims: Collection[ClaimRow], wide: Collection[str]) -> _Harm:
    """What of an article's claims warns, and what tells of harm or denies it."""
    counting = _counting(claims)
    warn = {claim.id for claim in warnings.warnings([claim for _, claim in counting], wide)}
    harm = _Harm({}, {}, {}, {})
    for number, claim in counting:
        under = [hashed(block) for block in warnings.blocks(claim, wide)]
        told = harm.told[number] = _told_under(claim, wide)
        if claim.id in warn:
            harm.warns[number] = under
        elif under and warnings.window(claim) is None:
            harm.tells[number] = under
        if not under:
            harm.denies[number] = told
    return harm


def _file_harm(
    linked: Linked, reading_key: int, key: int, outlet: str | None, harm: _Harm, wide: Collection[str]
) -> None:
    """File what warns, what tells of harm or denies it, and what a listed body found; note the warnings and findings
    that this may change."""
    filing = ((Shelf.WARNINGS, harm.warns), (Shelf.HARM, harm.tells), (Shelf.DENIED, harm.denies))
    for shelf, by_number in filing:
        linked.shelves.file(shelf, {(key, number): under for number, under in by_number.items()})
    linked.warned.update((key, number) for number in harm.warns)
    harmed = {under for keys in harm.tells.values() for under in keys}
    linked.warned.update(linked.shelves.near(Shelf.WARNINGS, harmed))
    bodies = linked.finders.bodies()
    if folded(outlet or "") in bodies:
        for number, claim in _counting(linked.as_decided(reading_key)):
            _file_finding(linked, (key, number), claim, wide)
    elif bodies:
        concerned = {under for keys in harm.told.values() for under in keys}
        linked.finders.changed.update(linked.shelves.near(Shelf.FINDINGS, concerned))


def _told_under(claim: ClaimRow, wide: Collection[str]) -> list[int]:
    """What a claim that a finding may concern is filed under."""
    return [hashed(block) for block in findings.blocks_of_told(claim, wide)]


def _file_finding(linked: Linked, node: Node, claim: ClaimRow, wide: Collection[str]) -> None:
    """File a claim by a listed body, to be told what it concerns."""
    if under := [hashed(block) for block in findings.blocks(claim, wide)]:
        linked.shelves.file(Shelf.FINDINGS, {node: under})
        linked.finders.changed.add(node)


def _group(linked: Linked, spread: Spread = map, at_once: int = AT_ONCE) -> None:
    """Make anew what has changed."""
    for some in _components(linked, Pair.COPY, 0.0, at_once):
        _find_echoes(linked, some)
    # No average of likenesses is above all of them: clusters are joined only where two episodes are as alike as this.
    for some in _components(linked, Pair.EVENT, stories.SAME, at_once):
        clusters = _changed(linked, some)
        told = zip(clusters, spread(_story, _given(linked, clusters)), strict=True)
        _tell(linked, [(story, list(cluster.values())) for cluster, story in told if story])
    for node in sorted(linked.warned):
        _tell_outcome(linked, node)
    for node in sorted(linked.finders.changed):
        _tell_finding(linked, node)
    linked.warned.clear()
    linked.finders.changed.clear()


Component = tuple[set[Node], Pairs]


def _components(linked: Linked, kind: Pair, least: float, at_once: int) -> Iterator[list[Component]]:
    """All that hangs together with what has changed, by pairs that score at least so much, as some parts of about so
    many nodes at a time."""
    touched = linked.touched[kind]
    while touched:
        waiting = iter(sorted(touched))
        while starts := list(islice(waiting, at_once)):
            for some in _few(linked.components(kind, touched.intersection(starts), least), at_once):
                yield some
                touched.difference_update(*(nodes for nodes, _ in some))


def _few(parts: Iterable[Component], nodes: int) -> Iterator[list[Component]]:
    """Parts, some at a time: of not more than so many nodes, unless one part alone has more."""
    some: list[Component] = []
    for part in parts:
        if some and sum(len(held) for held, _ in [*some, part]) > nodes:
            yield some
            some = []
        some.append(part)
    if some:
        yield some


def _find_echoes(linked: Linked, parts: Sequence[Component]) -> None:
    """The echoes of articles that hang together, part by part. How independent their claims are may have changed."""
    about = linked.about({key for nodes, _ in parts for key, _ in nodes})
    reports = {key: echoes.Report(a.article_id, a.outlet, a.published, a.wire) for key, a in about.items()}
    shares = {(reports[a].id, reports[b].id): share for _, pairs in parts for ((a, _), (b, _)), share in pairs.items()}
    changed = linked.replace_echoes(about, echoes.echoes(reports.values(), shares))
    linked.touch_articles([key for key, report in reports.items() if report.id in changed])


@dataclass(frozen=True, slots=True)
class _Given:
    """What a story depends on: the episodes that it is made of, their claims that count, with embeddings, where the
    articles' words start, and which claimants' names people hold to be one's, and which two's."""

    episodes: dict[stories.Key, Episode]
    claims: list[tuple[ClaimRow, bytes]]
    origins: dict[str, str]
    judged: tuple[list[tuple[str, str]], list[tuple[str, str]]]


class _Story(NamedTuple):
    """A story, its claims as the columns of ``told``, and how they relate."""

    row: StoryRow
    said: list[dict[str, Any]]
    links: list[LinkRow]


Cluster = dict[stories.Key, Node]


def _changed(linked: Linked, parts: Sequence[Component]) -> list[Cluster]:
    """The clusters of episodes that hang together, but for those that are a story already, of which nothing changed."""
    nodes = {node for part, _ in parts for node in part}
    story_of, about = linked.stories_of(nodes), linked.about({key for key, _ in nodes})
    members_of = linked.episodes_of(set(story_of.values()))
    touched = linked.touched[Pair.EVENT]

    def stays(members: Collection[Node]) -> bool:
        """True of just those of one story, or of what is in none, as nobody claims anything of it: none was touched."""
        told = {story_of.get(node) for node in members}
        if len(told) > 1 or not touched.isdisjoint(members):
            return False
        (id_,) = told
        return id_ is None or len(members_of[id_]) == len(members)

    found: list[Cluster] = []
    for part, pairs in parts:
        keys = {node: (about[node[0]].article_id, node[1]) for node in part}
        node_of = {key: node for node, key in keys.items()}
        alike = {(keys[a], keys[b]): score for (a, b), score in pairs.items()}
        held = linked.judged_of(part)
        same, other = ([(keys[a], keys[b]) for a, b in of if {a, b} <= part] for of in held)
        judged = {keys[node] for of in held for pair in of for node in pair if node in part}
        for members in stories.clusters(alike, node_of, same, other, judged):
            cluster = {key: node_of[key] for key in members}
            if not stays(cluster.values()):
                found.append(cluster)
    return found


def _given(linked: Linked, clusters: Sequence[Cluster]) -> list[_Given]:
    """What is to be known to tell the stories of clusters; the stories of their episodes so far are taken out."""
    nodes = {node for cluster in clusters for node in cluster.values()}
    articles = {key for key, _ in nodes}
    told, claims, origins = linked.episodes(nodes), linked.claims(articles), linked.origins(articles)
    linked.drop_stories(set(linked.stories_of(nodes).values()))
    judged = linked.judged_parties()
    given = []
    for cluster in clusters:
        episodes_ = {key: told[node] for key, node in cluster.items()}
        mine = [claims[id_] for episode in episodes_.values() for id_ in episode.claims if id_ in claims]
        mine = [(row, embedding) for row, embedding in mine if row.decision != "reject"]
        starts = {article: origins[article] for article, _ in cluster if article in origins}
        people = judged.pairs_of_names(_claimants(row for row, _ in mine))
        given.append(_Given(episodes_, mine, starts, people))
    return given


def _story(given: _Given) -> _Story | None:
    """A story, with how its claims relate; None for background of which nobody claims anything."""
    rows = [row for row, _ in given.claims]
    if not rows and all(number for _, number in given.episodes):
        return None
    names = parties.resolve(_claimants(rows), *given.judged)
    links = list(relations.relations(rows, [embedding for _, embedding in given.claims], names, given.origins))
    row = stories.story(list(given.episodes.values()), rows, given.origins, names)
    repeated = {x.from_: x.to for x in links if x.relation == "repeats"}
    stands = standing.standing(rows, links, given.origins, names)
    said = [{"claim_id": c.id, "echo_of": repeated.get(c.id), **stands[c.id]._asdict()} for c in rows]
    return _Story(row, said, links)


def _tell(linked: Linked, told: Sequence[tuple[_Story, list[Node]]]) -> None:
    """Enter stories, each with its episodes, and what their claims have to do with one another."""
    linked.add_stories([(story.row, nodes) for story, nodes in told])
    linked.tell({story.row.id: story.said for story, _ in told}, [x for story, _ in told for x in story.links])


def _tell_finding(linked: Linked, node: Node) -> None:
    """The claims that a claim by a listed body concerns."""
    finding = linked.claims_at([node])[node]
    # Not what it is filed under: that may be less, where much has gathered.
    under = [hashed(block) for block in findings.blocks(finding)]
    near = {key for shelf in (Shelf.HARM, Shelf.DENIED) for key, _ in linked.shelves.near(shelf, under)}
    claims = linked.claims(near | {node[0]})
    bodies = linked.finders.bodies()
    others = [row for _, row in _counting([row for row, _ in claims.values()])]
    others = [row for row in others if folded(row.outlet or "") not in bodies]
    embeddings = {name: embedding for name, (_, embedding) in claims.items()}
    linked.finders.replace(finding.id, findings.concerns(finding, others, embeddings))


def _tell_outcome(linked: Linked, node: Node) -> None:
    """What came of one warning."""
    warning = linked.claims_at([node])[node]
    later = list(linked.claims_at(linked.shelves.near(Shelf.HARM, linked.shelves.under(Shelf.WARNINGS, node))).values())
    claimants = _claimants((warning, *later))
    names = parties.resolve(claimants, *linked.judged_parties().pairs_of_names(claimants))
    links = warnings.followed(warning, later, names)
    linked.drop_links("fulfils", [warning.id])
    linked.add_links(links)
    # Whether it has expired depends on the day on which somebody looks.
    linked.put_warning(warnings.outcome(warning, links, later, date.min, names))
