"""What linking reads from the ledger and writes into it, within one transaction.

An article that is linked has a number here, its key; what of it is compared, an episode or a claim, has a number within
it. Both together are a ``Node``. Everything that is written here can be made again from the readings, and from what
people decided: episodes are as the machine read them, all that is made of claims is as these stand.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from enum import IntEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, delete, func, insert, or_, select

from sayso.ledger import custody, prepared, queries
from sayso.ledger.claims import claimant_id
from sayso.ledger.database import DamagedError, count_up, enter
from sayso.ledger.decisions import Decisions, Judged
from sayso.ledger.finders import Finders, link_columns, story_columns
from sayso.ledger.packed import Stored, Told, as_episode, as_json, linkable_of, vectors
from sayso.ledger.rows import claim_row, storable, story_row, unpack
from sayso.ledger.rows import pack as packed
from sayso.ledger.schema import (
    alike,
    claim,
    echo,
    filed,
    link,
    linked,
    part,
    reading,
    story,
    told,
    warning,
)
from sayso.ledger.shelves import Node, Shelf, Shelves, parts
from sayso.types import (
    ClaimRow,
    EchoRow,
    Episode,
    Linkable,
    LinkRow,
    StoryRow,
    WarningRow,
)

NodePair = tuple[Node, Node]
Pairs = dict[NodePair, float]

_OF_ARTICLE = ("id", "sha256", "location", "outlet", "title", "published", "url", "language")
_PAIRS = 200  # nodes bound to one statement, each two values
_KEPT = 2000  # articles whose episodes or texts are kept at hand


class AlikeEpisodes(NamedTuple):
    """The episodes of all stories, each by its article's id and its number there: to which story each belongs, which
    two are how alike, which of them people judged, and which stories they hold to be two."""

    story_of: dict[tuple[str, int], str]
    pairs: dict[tuple[tuple[str, int], tuple[str, int]], float]
    judged: set[tuple[str, int]]
    apart: set[frozenset[str]]


class Pair(IntEnum):
    """In what two are alike."""

    COPY = 0
    EVENT = 1


class Linked:
    """The tables of linking, and what they are made from, on a connection whose transaction the caller ends."""

    def __init__(self, connection: Connection) -> None:
        self._do = connection.execute
        self._connection = connection
        self._decisions = Decisions(connection)
        self._parties: Judged | None = None
        self._stories: tuple[list[NodePair], list[NodePair]] | None = None
        self._judged: tuple[dict[Node, list[NodePair]], dict[Node, list[NodePair]]] | None = None
        self._episodes: dict[int, dict[int, Episode]] = {}
        self._texts: dict[int, str] = {}
        self.shelves = Shelves(connection)
        self.finders = Finders(connection)
        self.touched: dict[Pair, set[Node]] = {kind: set() for kind in Pair}
        """What has changed, and is to be grouped again."""
        self.warned: set[Node] = set()
        """Claims that warn, of which it has changed what came of them."""

    # What there is to link

    def linked_up_to(self) -> int:
        """The key of the last reading that was linked: readings are only added, and linked in their order."""
        return int(self._do(select(func.max(linked.c.reading_key))).scalar() or 0)

    def waiting(self, after: int, most: int) -> list[int]:
        """The keys of the next readings after this one, at most so many."""
        wanted = select(reading.c.key).where(reading.c.key > after).order_by(reading.c.key).limit(most)
        return [int(key) for key in self._do(wanted).scalars()]

    def to_link(self, reading_keys: Sequence[int]) -> dict[int, bool]:
        """Those of these readings that are to be linked: the latest of their articles, unless they are linked, be it by
        another process meanwhile. True for one that takes the place of an earlier reading."""
        rows = self._do(prepared.TO_LINK, {"some": reading_keys})
        return {int(row.key): row.before is not None for row in rows}

    def count_waiting(self) -> int:
        """How many readings were not linked yet."""
        wanted = select(func.count()).select_from(reading).where(reading.c.key > self.linked_up_to())
        return int(self._do(wanted).scalar_one())

    def stored(self, reading_keys: Sequence[int]) -> list[Stored]:
        """Articles' readings with their claims, as they were read, as they are stored."""
        asked = {"some": reading_keys}
        claims: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
        for claim_ in self._do(prepared.CLAIMS_AS_READ, asked).mappings():
            claims[claim_["reading_key"]].append(dict(claim_))
        rows = {row.reading_key: row for row in self._do(prepared.LINKABLE, asked)}
        if missing := set(reading_keys) - rows.keys():
            raise DamagedError(f"a reading, number {min(missing)}, is listed and not there")
        return [
            Stored(
                {name: getattr(row, name) for name in _OF_ARTICLE},
                *(row.text, row.body, row.embeddings, tuple(claims[key])),
            )
            for key, row in ((key, rows[key]) for key in reading_keys)
        ]

    def linkable(self, reading_key: int) -> Linkable:
        """An article's reading with its claims, as they were read, and their embeddings."""
        return linkable_of(*self.stored([reading_key]))

    def decided_among(self, reading_keys: Sequence[int]) -> set[int]:
        """Those of these readings on whose claims people decided anything."""
        return {int(key) for key in self._do(prepared.DECIDED_AMONG, {"some": reading_keys}).scalars()}

    def as_decided(self, reading_key: int) -> tuple[ClaimRow, ...]:
        """The claims of a reading as they stand."""
        return tuple(c for _, c in self._claims([reading_key]))

    def texts(self, keys: Collection[int]) -> dict[int, str]:
        """The texts of the articles with these keys."""
        for some in parts(_lacking(self._texts, keys)):
            found = self._do(prepared.TEXTS, {"some": some})
            self._texts.update((int(key), unpack(text)) for key, text in found)
        return {key: self._texts[key] for key in keys}

    def claims(self, keys: Collection[int]) -> dict[str, tuple[ClaimRow, bytes]]:
        """The claims of the articles with these keys, with their embeddings, by their ids."""
        found: dict[str, tuple[ClaimRow, bytes]] = {}
        for some in parts(sorted(keys)):
            of_reading = {
                row.key: vectors(json.loads(row.attributed), row.embeddings)
                for row in self._do(prepared.EMBEDDINGS, {"some": some})
            }
            for key, row in self._claims(list(of_reading)):
                found[row.id] = row, next(of_reading[key])
        return found

    def _claims(self, readings: Sequence[int]) -> Iterator[tuple[int, ClaimRow]]:
        """The claims of some readings, each with its reading's key, in the order of their places in the text."""
        for row in self._do(prepared.CLAIMS, {"some": readings}):
            yield int(row.reading_key), claim_row(row)

    # What is filed, and found again

    def key_of(self, article_id: str) -> int | None:
        """The key of a linked article; None for one that is not linked."""
        found = self._do(prepared.KEY, {"article_id": article_id}).scalar()
        return None if found is None else int(found)

    def put(self, reading_key: int, read: Told, episodes: tuple[Episode, ...], wire: str | None) -> int:
        """Enter an article, in place of what an earlier reading of it has left; its key."""
        self._stories = self._judged = None
        if (before := self.key_of(read.article)) is not None:
            self._forget(before)
        columns = {
            "article_id": read.article,
            "reading_key": reading_key,
            "published": read.appeared,
            "outlet": read.outlet,
            "wire": wire,
            "attributed": json.dumps(read.attributed),
            "episodes": packed(json.dumps([as_json(e) for e in episodes], ensure_ascii=False)),
        }
        made = self._do(insert(linked), columns).inserted_primary_key
        assert made is not None  # a single row was inserted
        key = int(made[0])
        self._episodes[key] = {e.number: e for e in episodes}
        self.touched[Pair.COPY].add((key, 0))
        self.touched[Pair.EVENT].update((key, e.number) for e in episodes)
        return key

    def pair(self, kind: Pair, scored: Mapping[tuple[Node, Node], tuple[float, float]]) -> None:
        """Note which two are alike, each with the score of the first and that of the second."""
        rows = [
            {"kind": int(kind), "a": x[0], "a_number": x[1], "b": y[0], "b_number": y[1], "score": score}
            for (a, b), scores in scored.items()
            for x, y, score in ((a, b, scores[0]), (b, a, scores[1]))
        ]
        enter(self._connection, alike, rows)

    def pairs(self, kind: Pair, nodes: Collection[Node]) -> Pairs:
        """The pairs that begin with one of the nodes, with their scores."""
        found: Pairs = {}
        for some in parts(sorted(nodes), _PAIRS):
            for row in self._do(prepared.PAIRS, {"kind": int(kind)} | prepared.of(some)):
                found[(row.a, row.a_number), (row.b, row.b_number)] = row.score
        return found

    def components(self, kind: Pair, starts: Collection[Node], least: float = 0.0) -> list[tuple[set[Node], Pairs]]:
        """All that hangs together with some nodes by pairs that score at least so much, part by part, and all pairs
        within each part, in both directions. Episodes do so as well where people hold claims of theirs to be of one
        story."""
        beside = defaultdict[Node, set[Node]](set)
        found: Pairs = {}
        seen: set[Node] = set()
        ahead = set(starts)
        while ahead:
            seen |= ahead
            pairs = self.pairs(kind, ahead)
            found |= pairs
            for (a, b), score in pairs.items():
                if score >= least:
                    beside[a].add(b)
            if kind is Pair.EVENT:
                for a, b in self.judged_of(ahead)[0]:
                    beside[a].add(b)
                    beside[b].add(a)
            ahead = {other for node in ahead for other in beside[node]} - seen
        held: list[tuple[set[Node], Pairs]] = []
        part_of: dict[Node, int] = {}
        for start in sorted(seen):
            if start not in part_of:
                nodes = _reached(start, beside)
                part_of |= dict.fromkeys(nodes, len(held))
                held.append((nodes, {}))
        for (a, b), score in found.items():
            if part_of[a] == part_of.get(b):
                held[part_of[a]][1][a, b] = score
        return held

    def episodes(self, nodes: Collection[Node]) -> dict[Node, Episode]:
        """Episodes of articles; KeyError where one has none of that number."""
        self._hold_episodes({key for key, _ in nodes})
        return {node: self._episodes[node[0]][node[1]] for node in nodes}

    def _hold_episodes(self, keys: Collection[int]) -> None:
        for some in parts(_lacking(self._episodes, keys)):
            for key, body in self._do(prepared.EPISODES, {"some": some}):
                told_ = [as_episode(e) for e in json.loads(unpack(body))]
                self._episodes[int(key)] = {e.number: e for e in told_}

    def about(self, keys: Collection[int]) -> dict[int, Any]:
        """article_id, published, outlet and wire of the linked articles with these keys."""
        return {row.key: row for some in parts(sorted(keys)) for row in self._do(prepared.ABOUT, {"some": some})}

    # What people decided of it

    def nodes_of(self, ids: Collection[str]) -> dict[str, Node]:
        """The episodes that hold the claims with these ids; of claims that are not linked, or are in none, none."""
        found: dict[str, Node] = {}
        for some in parts(sorted(ids)):
            articles = self._do(prepared.ARTICLES_OF_CLAIMS, {"some": some}).all()
            self._hold_episodes({key for _, key in articles})
            for id_, key in articles:
                for number, episode in self._episodes[key].items():
                    if id_ in episode.claims:
                        found[id_] = key, number
        return found

    def judged_stories(self) -> tuple[list[NodePair], list[NodePair]]:
        """Which episodes people hold to be of one story, and which of two."""
        if self._stories is None:
            held = self._decisions.judged("story")
            nodes = self.nodes_of({id_ for pair in (*held.same, *held.other) for id_ in pair})
            same, other = (
                sorted({(nodes[a], nodes[b]) for a, b in pairs if a in nodes and b in nodes and nodes[a] != nodes[b]})
                for pairs in (held.same, held.other)
            )
            self._stories = same, other
        return self._stories

    def judged_of(self, nodes: Collection[Node]) -> tuple[list[NodePair], list[NodePair]]:
        """As ``judged_stories``, those alone in which one of these episodes is."""
        if self._judged is None:
            self._judged = defaultdict(list), defaultdict(list)
            for by_node, pairs in zip(self._judged, self.judged_stories(), strict=True):
                for pair in pairs:
                    for node in pair:
                        by_node[node].append(pair)
        same, other = (
            sorted({pair for node in nodes if node in by_node for pair in by_node[node]}) for by_node in self._judged
        )
        return same, other

    def judged_parties(self) -> Judged:
        """Which claimants people hold to be one, and which to be two."""
        if self._parties is None:
            self._parties = self._decisions.judged("party")
        return self._parties

    def touch_claims(self, ids: Collection[str]) -> None:
        """Have the stories of these claims told again."""
        self.touched[Pair.EVENT].update(self.nodes_of(ids).values())

    def touch_parties(self, names: Collection[str]) -> None:
        """Have told again what rests on the claims of these parties, and of all that are held to be one with them."""
        ids = {one for name in names for one in self.judged_parties().one_with(claimant_id(name))}
        shelves = (int(Shelf.WARNINGS), int(Shelf.HARM))
        for some in parts(sorted(ids)):
            for row in self._do(prepared.PARTS_OF_PARTIES, {"some": some}):
                self.touched[Pair.EVENT].add((row.linked_key, row.number))
            for kind, key, number in self._do(prepared.FILED_BY_PARTIES, {"some": some, "kinds": shelves}).all():
                if kind == Shelf.WARNINGS:
                    self.warned.add((key, number))
                else:
                    self.warned.update(self.shelves.near(Shelf.WARNINGS, self.shelves.under(Shelf.HARM, (key, number))))

    def take_off_shelves(self, claim_id: str) -> tuple[int, int] | None:
        """Undo the filing of what the article with this claim warns of, tells or found, and what came of that, so that
        it can be filed as it stands now; the article's key and that of its reading. None for what isn't linked."""
        found = self._do(prepared.READING_OF_CLAIM, {"id": claim_id}).first()
        if found is None:
            return None
        key = int(found.key)
        self._touch_warnings(key)
        for shelf in (Shelf.HARM, Shelf.DENIED):
            for node in self.shelves.nodes_of(shelf, key):
                self.finders.changed.update(self.shelves.near(Shelf.FINDINGS, self.shelves.under(shelf, node)))
        for row in self.claims_at(self.shelves.nodes_of(Shelf.FINDINGS, key)).values():
            self.finders.replace(row.id, ())
        warns = [row.id for row in self.claims_at(self.shelves.nodes_of(Shelf.WARNINGS, key)).values()]
        self._do(delete(warning).where(warning.c.claim_id.in_(warns)))
        self.drop_links("fulfils", warns)
        mine = (filed.c.linked_key == key, filed.c.kind.not_in((int(Shelf.PASSAGES), int(Shelf.EVENTS))))
        self._do(delete(filed).where(and_(*mine)))
        for nodes in (self.warned, self.finders.changed):
            nodes.difference_update({node for node in nodes if node[0] == key})
        return key, int(found.reading_key)

    def alike_episodes(self, from_: float) -> AlikeEpisodes:
        """The episodes of all stories. Of the pairs within one story, those that are as alike as ``from_``."""
        story_of, key_of = {}, {}
        for row in self._do(queries.episodes_told()):
            key_of[row.linked_key, row.number] = row.article_id, row.number
            story_of[row.article_id, row.number] = row.story_id
        pairs = {
            (key_of[row.a, row.a_number], key_of[row.b, row.b_number]): row.score
            for row in self._do(queries.alike_in_stories(int(Pair.EVENT), from_))
        }
        same, other = self.judged_stories()
        judged = {key_of[node] for pair in (*same, *other) for node in pair if node in key_of}
        told_ = [[story_of[key_of[node]] for node in pair if node in key_of] for pair in other]
        return AlikeEpisodes(story_of, pairs, judged, {frozenset(ids) for ids in told_ if len(ids) > 1})

    def heads(self, story_ids: Collection[str]) -> dict[str, tuple[StoryRow, str | None]]:
        """Stories by their ids, each with the id of the claim that most independent origins and claimants assert; None
        where nobody claims anything."""
        rows: dict[str, StoryRow] = {}
        first: dict[str, str] = {}
        for some in parts(sorted(story_ids)):
            for body in self._do(select(story.c.body).where(story.c.id.in_(some))).scalars():
                row = story_row(body)
                rows[row.id] = row
            first |= {row.story_id: row.claim_id for row in self._do(queries.first_told(some))}
        return {id_: (row, first.get(id_)) for id_, row in rows.items()}

    def _forget(self, key: int) -> None:
        """Take out an article that is read again, and what was made of it; what hung together with it is touched."""
        for kind in Pair:
            starts = select(alike.c.a, alike.c.a_number).where(alike.c.kind == int(kind), alike.c.a == key).distinct()
            for a, b in self.pairs(kind, {(int(a), int(n)) for a, n in self._do(starts)}):
                self._unpair(kind, a, b)
                self._unpair(kind, b, a)
                self.touched[kind].add(b)
        self.drop_stories(set(self._do(select(part.c.story_id).where(part.c.linked_key == key)).scalars()))
        self._touch_warnings(key)
        mine = select(claim.c.id).join(linked, linked.c.reading_key == claim.c.reading_key).where(linked.c.key == key)
        self._do(delete(warning).where(warning.c.claim_id.in_(mine)))
        concerned = select(told.c.story_id).join(link, link.c.to_id == told.c.claim_id).distinct()
        concerned = concerned.where(link.c.relation == "finds", link.c.from_id.in_(mine))
        stories = self._do(concerned).scalars().all()
        self._do(delete(link).where(or_(link.c.from_id.in_(mine), link.c.to_id.in_(mine))))
        self.finders.note(stories)
        old = select(linked.c.article_id).where(linked.c.key == key).scalar_subquery()
        self._do(delete(echo).where(echo.c.article_id == old))
        self._do(delete(filed).where(filed.c.linked_key == key))
        self._do(delete(linked).where(linked.c.key == key))
        self._episodes.pop(key, None)
        self._texts.pop(key, None)
        for nodes in (*self.touched.values(), self.warned, self.finders.changed):
            nodes.difference_update({node for node in nodes if node[0] == key})

    def touch_articles(self, keys: Collection[int]) -> None:
        """Have told again the stories of these articles, and what came of the warnings that they may fit."""
        for some in parts(sorted(keys)):
            for row in self._do(prepared.PARTS_OF, {"some": some}):
                self.touched[Pair.EVENT].add((row.linked_key, row.number))
        for key in keys:
            self._touch_warnings(key)

    def _touch_warnings(self, key: int) -> None:
        """Have told again what came of the warnings that an article's claims of harm may fit."""
        for node in self.shelves.nodes_of(Shelf.HARM, key):
            self.warned.update(self.shelves.near(Shelf.WARNINGS, self.shelves.under(Shelf.HARM, node)))

    def origins(self, keys: Collection[int]) -> dict[str, str]:
        """Of those among these articles that copy, where their words start: from article id to article id."""
        return {
            row.article_id: row.origin_id
            for some in parts(sorted(keys))
            for row in self._do(prepared.ORIGINS, {"some": some})
        }

    def claims_at(self, nodes: Collection[Node]) -> dict[Node, ClaimRow]:
        """Claims of articles, by their numbers in the text."""
        found: dict[Node, ClaimRow] = {}
        for some in parts(sorted(nodes), _PAIRS):
            for row in self._do(prepared.CLAIMS_AT, prepared.of(some)):
                found[row.linked_key, row.position] = claim_row(row)
        return found

    def _unpair(self, kind: Pair, a: Node, b: Node) -> None:
        self._do(
            delete(alike).where(
                alike.c.kind == int(kind),
                *(alike.c.a == a[0], alike.c.a_number == a[1], alike.c.b == b[0], alike.c.b_number == b[1]),
            )
        )

    # What comes of it

    def stories_of(self, nodes: Collection[Node]) -> dict[Node, str]:
        """The ids of the stories that these episodes belong to; none for those that belong to no story."""
        return {
            (row.linked_key, row.number): row.story_id
            for some in parts(sorted(nodes), _PAIRS)
            for row in self._do(prepared.STORIES_OF, prepared.of(some))
        }

    def episodes_of(self, ids: Collection[str]) -> dict[str, set[Node]]:
        """The episodes of stories, by the stories' ids."""
        found: defaultdict[str, set[Node]] = defaultdict(set)
        for some in parts(sorted(ids)):
            for row in self._do(prepared.PARTS, {"some": some}):
                found[row.story_id].add((row.linked_key, row.number))
        return found

    def drop_stories(self, ids: Collection[str]) -> None:
        """Take stories out, to be told anew; the episodes that were theirs are touched."""
        self.touched[Pair.EVENT].update(*self.episodes_of(ids).values())
        for some in parts(sorted(ids)):
            # Links first: which are a story's is known from its claims.
            for drop in (prepared.DROP_LINKS_WITHIN, prepared.DROP_TOLD, prepared.DROP_PARTS, prepared.DROP_STORIES):
                self._do(drop, {"some": some})

    def replace_echoes(self, keys: Collection[int], rows: Sequence[EchoRow]) -> set[str]:
        """The echoes among the articles with these keys, in place of what they were before; the ids of the articles of
        which that changes where their words start."""
        before: dict[str, str] = self.origins(keys)
        for some in parts(sorted(keys)):
            self._do(prepared.DROP_ECHOES, {"some": some})
        after = {row.article: row.origin for row in rows}
        changed = {id_ for id_ in before.keys() | after.keys() if before.get(id_) != after.get(id_)}
        if rows:
            columns = ("article", "article_id"), ("origin", "origin_id"), ("share", "share"), ("wire", "wire")
            enter(self._connection, echo, [{to: getattr(row, of) for of, to in columns} for row in rows])
        return changed

    def add_stories(self, stories: Sequence[tuple[StoryRow, Sequence[Node]]]) -> None:
        """Enter stories, each with the episodes that it is made of."""
        enter(self._connection, story, [story_columns(row) for row, _ in stories])
        members = [(row.id, *node) for row, nodes in stories for node in nodes]
        enter(self._connection, part, [{"linked_key": a, "number": n, "story_id": id_} for id_, a, n in members])

    def tell(self, told_: Mapping[str, Iterable[Mapping[str, Any]]], links: Iterable[LinkRow]) -> None:
        """The claims of stories, by the stories' ids, as the columns of ``told``, and how they relate."""
        rows = [{"story_id": story_id, **row} for story_id, said in told_.items() for row in said]
        if rows:
            enter(self._connection, told, rows)
            self.finders.note([id_ for some in parts(sorted(told_)) for id_ in self.finders.findings_of(some)])
        self.add_links(links)

    def add_links(self, links: Iterable[LinkRow]) -> None:
        """Enter links, each in place of an equal one; of equal ones the surest."""
        surest = {(x.from_, x.to, x.relation): x for x in sorted(links, key=lambda x: (x.score, x.why))}
        for some in parts(list(surest), _PAIRS // 2):
            self._do(prepared.DROP_LINKS, prepared.of(some))
        enter(self._connection, link, [link_columns(x) for x in surest.values()])

    def drop_links(self, relation: str, to: Collection[str]) -> None:
        """Take out the links of a kind that lead to these claims."""
        for some in parts(sorted(to)):
            self._do(delete(link).where(link.c.relation == relation, link.c.to_id.in_(some)))

    def put_warning(self, row: WarningRow) -> None:
        """Enter a warning, in place of what was known of it."""
        self._do(delete(warning).where(warning.c.claim_id == row.claim))
        self._do(
            insert(warning), {"claim_id": row.claim, "body": storable(json.dumps(asdict(row), ensure_ascii=False))}
        )

    def log(self, articles: int, last: int) -> None:
        """Enter in the log that so many articles were linked, up to this reading."""
        custody.enter(self._connection, "linked", None, {"articles": articles, "reading": last})

    def counts(self) -> tuple[int, int, int]:
        """How many stories, echoes and links there are."""
        found = [int(self._do(select(func.count()).select_from(t)).scalar_one()) for t in (story, echo, link)]
        return found[0], found[1], found[2]

    def clear(self) -> None:
        """Forget all that linking has made, to make it again."""
        for table in (told, part, story, link, echo, warning, alike, filed, linked):
            self._do(delete(table))
        count_up(self._connection)  # numbers begin anew, and may end where they were
        self._episodes.clear()
        for nodes in self.touched.values():
            nodes.clear()


def _lacking(held: dict[int, Any], keys: Collection[int]) -> list[int]:
    """Those of ``keys`` that are not held; all, and nothing is held any more, where that would be too much."""
    lacking = [key for key in keys if key not in held]
    if lacking and len(held) + len(lacking) > _KEPT:
        held.clear()
        lacking = list(keys)
    return sorted(lacking)


def _reached(start: Node, beside: Mapping[Node, Collection[Node]]) -> set[Node]:
    """All that one gets to from ``start``."""
    seen, ahead = {start}, [start]
    while ahead:
        near = [other for other in beside[ahead.pop()] if other not in seen]
        seen.update(near)
        ahead += near
    return seen
