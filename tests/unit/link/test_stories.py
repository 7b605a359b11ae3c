"""Which episodes tell of one event. All places, outlets and parties are invented."""

import random
import time
from dataclasses import replace
from math import log

import numpy as np
import pytest

from sayso.link.likeness import LIKE, likeness
from sayso.link.stories import SAME, blocks, clusters, copies_event, near, story
from sayso.types import ClaimRow, Episode, Figure, Precision

MEANING = np.full(384, 384**-0.5, np.float16).tobytes()


def raid(article: str = "a", number: int = 0, **changes: object) -> Episode:
    """Shells on the market of Orvane, with eleven dead."""
    told = Episode(
        article=article, number=number, outlet="The Ferry Post", published="2031-05-05", event_type="ASSAULT",
        place="Orvane", country="VX", lat=12.0, lon=40.0, precision="town", date="2031-05-04",
        figures=(Figure(11, 11, "killed", "traders"),), actors=("eleven traders", "gunners"),
        words=("market", "quenrath", "shelling", "shells", "stalls", "zubrin"), embedding=MEANING, claims=(),
    )  # fmt: skip
    return replace(told, **changes)


FAR: dict[str, object] = {"place": "Tessal", "lat": 13.5, "lon": 41.5}


def test_one_raid_in_two_reports_is_alike() -> None:
    assert likeness(raid("a"), raid("b", outlet="Harbour Daily", published="2031-05-06")) > 0.9


def test_towns_that_share_a_name_are_one_only_in_one_country() -> None:
    here = raid("a", place="Tripoli", country="LB", lat=34.43, lon=35.84)
    there = raid("b", place="Tripoli", country="LY", lat=32.88, lon=13.19)
    assert likeness(here, there) == likeness(there, here) < likeness(here, replace(here, article="c"))
    assert gained(here, there) == pytest.approx(0)


def test_what_is_told_a_day_later_without_saying_when_is_no_day_away() -> None:
    told = raid("a", date="2031-05-05")
    later, earlier = raid("b", date="2031-05-06", dated=False), raid("b", date="2031-05-04", dated=False)
    on_the_day = likeness(told, replace(later, date="2031-05-05"))
    dated = likeness(told, replace(later, dated=True))
    assert likeness(told, later) > dated == likeness(told, earlier)
    assert on_the_day >= likeness(later, told) == likeness(told, later)
    assert likeness(replace(told, dated=False), later) == dated


def test_likeness_is_the_same_from_either_side() -> None:
    a, b = (
        raid("a"),
        raid("b", date="2031-05-05", words=("bridge", "shells"), figures=(Figure(3, None, "killed", None),)),
    )
    assert likeness(a, b) == likeness(b, a)


@pytest.mark.parametrize(
    "changes",
    [
        {"date": "2031-05-07"},
        FAR,
        {"figures": (Figure(90, 90, "killed", None),)},
        {"words": ("airstrike", "mill", "warplanes"), "actors": ("pilots",)},
        {"embedding": np.eye(1, 384, 0, np.float16).tobytes()},
        {"words": ("chlorine", "market", "shells", "stalls")},
    ],
    ids=["day", "place", "toll", "words", "meaning", "rare"],
)
def test_what_differs_makes_two_reports_less_alike(changes: dict[str, object]) -> None:
    assert likeness(raid("a"), raid("b", **changes)) < likeness(raid("a"), raid("b"))


def test_two_raids_on_one_day_in_one_city_are_two() -> None:
    other = raid(
        "b", words=("airstrike", "bakery", "hospital", "tolvane", "warplanes"), actors=("pilots", "four bakers"),
        figures=(Figure(4, 4, "killed", "bakers"),),
    )  # fmt: skip
    assert likeness(raid("a"), other) < 0.45


def test_a_toll_that_grows_is_less_of_a_difference_than_one_that_is_given_as_final() -> None:
    later = raid("b", figures=(Figure(30, 30, "killed", None),))
    grown = likeness(raid("a", figures=(Figure(11, None, "killed", None),)), later)
    assert grown > likeness(raid("a"), later)


def test_the_spelling_of_a_place_that_is_not_resolved_does_not_matter() -> None:
    unknown: dict[str, object] = {"lat": None, "lon": None, "precision": "none"}
    a, b, c = (
        raid("a", place="Al-Tukhar", **unknown),
        raid("b", place="Tokhar", **unknown),
        raid("c", place="Vash", **unknown),
    )
    assert likeness(a, b) > likeness(a, c)
    assert set(blocks(a)) & set(blocks(b))
    assert not set(blocks(a)) & set(blocks(c))


@pytest.mark.parametrize("day", ["2031-05-02", "2031-05-03", "2031-05-04", "2031-05-05", "2031-05-06"])
@pytest.mark.parametrize(("north", "east"), [(0.0, 0.0), (0.49, 0.0), (-0.49, 0.49), (0.3, -0.49)])
def test_near_in_place_and_time_share_a_block(day: str, north: float, east: float) -> None:
    near = raid("b", place="Outskirts", date=day, lat=12.0 + north, lon=40.0 + east)
    assert set(blocks(raid())) & set(blocks(near))


@pytest.mark.parametrize("changes", [{"date": "2031-05-08"}, FAR, {"precision": "country", "place": "Vardia"}])
def test_far_in_place_or_time_share_none(changes: dict[str, object]) -> None:
    assert not set(blocks(raid())) & set(blocks(raid("b", **changes)))


@pytest.mark.parametrize("precision", ["town", "region", "country", "none"])
def test_blocks_are_few(precision: Precision) -> None:
    for day in ("2031-05-04", None):
        assert len(blocks(raid(precision=precision, words=("sarin",), date=day, villages=("a", "b", "c", "d")))) <= 20


def test_reports_of_what_is_rare_meet_by_country_and_day() -> None:
    here, there = raid("a", words=("sarin",)), raid("b", words=("chlorine",), precision="country", place="Vardia")
    assert set(blocks(here)) & set(blocks(there))


def test_a_report_of_something_rare_without_its_day_meets_those_of_the_two_weeks_before() -> None:
    undated = raid("a", words=("sarin",), date=None, published="2031-05-10", **FAR)
    for day, meets in (("2031-05-10", True), ("2031-04-28", True), ("2031-04-20", False), ("2031-05-20", False)):
        assert bool(set(blocks(undated)) & set(blocks(raid("b", words=("chlorine",), date=day)))) is meets
    assert blocks(replace(undated, published="0001-01-01"))  # which a page may well say
    assert not set(blocks(replace(undated, words=("shells",)))) & set(blocks(raid("b", words=("shells",))))


def test_what_is_rare_is_one_on_one_day_where_but_the_country_is_named() -> None:
    gas = {"words": ("sarin", "market")}
    here, country = raid("a", **gas), {"precision": "country", "place": "Vardia"}
    alike = odds(here, raid("b", **gas, **country))
    assert alike > odds(here, raid("b", **gas, **FAR)) + 1
    assert alike > odds(here, raid("b", **gas, **country, date="2031-05-06")) + 3
    assert alike > odds(here, raid("b", **gas, **country, country="LW")) + 1
    assert odds(raid("a"), raid("b", **country)) == pytest.approx(
        odds(raid("a"), raid("b", **country, date="2031-05-05")) + 1
    )


def odds(a: Episode, b: Episode) -> float:
    return log((p := likeness(a, b)) / (1 - p))


def gained(a: Episode, b: Episode) -> float:
    """By how much it counts that both name one town, and not two regions called alike."""
    return odds(a, b) - odds(replace(a, precision="region"), replace(b, precision="region"))


def test_one_town_counts_for_more_on_one_day_and_where_what_happened_is_rare() -> None:
    gas, later = {"words": ("sarin", "market")}, {"date": "2031-05-05"}
    assert gained(raid("a"), raid("b", **later)) == pytest.approx(0)
    assert gained(raid("a"), raid("b")) > 1
    assert gained(raid("a", **gas), raid("b", **gas, **later)) == pytest.approx(1)
    assert gained(raid("a", **gas), raid("b", **gas)) > gained(raid("a"), raid("b"))


def test_a_city_so_large_that_it_has_several_attacks_on_a_day_counts_for_no_more() -> None:
    where = {"place": "Aleppo", "lat": 36.201, "lon": 37.161}
    assert gained(raid("a", **where), raid("b", **where)) == pytest.approx(0)


VILLAGE = ("sndrn",)
HERE = {"place": None, "lat": None, "lon": None, "precision": "none"}


def with_village(a: Episode, b: Episode, *others: str) -> float:
    """By how much it counts that both name one village, and the second ``others`` as well."""
    return odds(replace(a, villages=VILLAGE), replace(b, villages=VILLAGE + others)) - odds(a, b)


def test_two_that_name_one_village_within_a_day_are_told_of_one_event() -> None:
    a, b = raid("a", **HERE), raid("b", **FAR)
    assert with_village(a, b) > 3
    assert 2.5 < with_village(a, replace(b, date="2031-05-05")) < with_village(a, b)
    assert with_village(a, replace(b, date="2031-05-06")) < 1.5
    assert 0 < with_village(a, b, "tsl", "rvn", "kld", "dmr") < with_village(a, b)  # a list of raids names many
    assert set(blocks(replace(a, villages=VILLAGE))) & set(blocks(replace(b, villages=VILLAGE)))


def test_a_village_of_another_country_is_another_and_a_quarter_of_a_large_city_counts_for_less() -> None:
    a, b = raid("a"), raid("b")
    assert with_village(a, replace(b, country="LW")) == pytest.approx(0)
    city = {"place": "Aleppo", "lat": 36.201, "lon": 37.161}
    assert 0 < with_village(raid("a", **city), raid("b", **city)) < with_village(raid("a", **HERE), raid("b", **HERE))


def test_two_reports_a_day_apart_may_tell_of_it_in_quite_other_words() -> None:
    other = np.eye(1, 384, 0, np.float16).tobytes()
    near, far = raid("b", date="2031-05-05"), raid("b", date="2031-05-07")
    assert odds(raid("a"), replace(near, embedding=other)) == odds(raid("a"), replace(near, embedding=b""))
    assert odds(raid("a"), replace(far, embedding=other)) < odds(raid("a"), replace(far, embedding=b""))


def grouped(scores: dict[tuple[str, str], float]) -> list[list[str]]:
    """Clusters of articles, from the likeness of their main episodes."""
    names = sorted({name for pair in scores for name in pair})
    told = {(name, 0): raid(name) for name in names}
    pairs = {((a, 0), (b, 0)): score for (a, b), score in scores.items()}
    return [[article for article, _ in cluster] for cluster in clusters(pairs, told)]


def test_what_is_alike_is_one_cluster_and_the_rest_is_alone() -> None:
    assert grouped({("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): 0.8, ("c", "d"): 0.2}) == [["a", "b", "c"], ["d"]]


def test_a_chain_does_not_join_its_ends() -> None:
    links = {(f"n{i:02}", f"n{i + 1:02}"): 0.6 for i in range(30)}
    assert max(map(len, grouped(links))) <= 3


def test_an_article_s_own_episodes_stay_apart() -> None:
    told = {("a", 0): raid("a"), ("a", 1): raid("a", 1), ("b", 0): raid("b")}
    pairs = {(("a", 0), ("b", 0)): 0.9, (("a", 1), ("b", 0)): 0.95, (("a", 0), ("a", 1)): 1.0}
    assert clusters(pairs, told) == [(("a", 0),), (("a", 1), ("b", 0))]


def test_pairs_below_the_floor_count_for_nothing() -> None:
    assert grouped({("a", "b"): 0.5, ("a", "c"): LIKE / 2}) == [["a", "b"], ["c"]]


def test_clusters_do_not_depend_on_the_order_of_arrival() -> None:
    chance = random.Random(5)
    names = [f"n{i:02}" for i in range(40)]
    scores = {(a, b): chance.random() for a in names for b in names if a < b and chance.random() < 0.4}
    first = grouped(scores)
    for _ in range(5):
        shuffled = list(scores.items())
        chance.shuffle(shuffled)
        turned = {(b, a) if chance.random() < 0.5 else (a, b): score for (a, b), score in shuffled}
        assert grouped(turned) == first


def test_average_likeness_is_what_joins() -> None:
    """Against the plain way to do it, on chance likenesses."""
    chance = random.Random(11)
    names = [f"n{i:02}" for i in range(25)]
    scores = {(a, b): round(chance.random(), 6) for a in names for b in names if a < b}
    groups = [[name] for name in names]
    while True:
        averages = {
            (i, j): sum(s for (a, b), s in scores.items() if s >= LIKE and ({a, b} & set(x) and {a, b} & set(y)))
            / (len(x) * len(y))
            for i, x in enumerate(groups)
            for j, y in enumerate(groups)
            if i < j
        }
        best = max(averages, key=lambda pair: averages[pair])
        if averages[best] < 0.45:
            break
        groups[best[0]] += groups.pop(best[1])
    assert grouped(scores) == sorted(sorted(group) for group in groups)


def test_copies_are_one_report() -> None:
    """What is like one report and less like another is not drawn to the first by its copies' number, nor kept from it
    by a copy that, dated wrongly, was never compared."""
    copies = {("a", name): 1.0 for name in "bc"} | {("b", "c"): 1.0}
    assert grouped({**copies, ("d", "a"): 0.6}) == [["a", "b", "c", "d"]]
    drawn = {(name, "d"): 0.5 for name in "abc"} | {("d", "e"): 0.6, ("a", "e"): 0.3}
    assert grouped({**copies, **drawn}) == [["a", "b", "c"], ["d", "e"]]


def test_copies_that_people_told_apart_stay_so() -> None:
    told = {(name, 0): raid(name) for name in "abc"}
    keys = sorted(told)
    pairs = {(keys[0], keys[1]): 1.0, (keys[0], keys[2]): 1.0, (keys[1], keys[2]): 1.0}
    found = clusters(pairs, told, other=[(keys[0], keys[1])])
    assert [len(members) for members in found] == [2, 1]
    assert not any({keys[0], keys[1]} <= set(members) for members in found)


def between(scores: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """How alike clusters of articles are that are no cluster, by their members."""
    groups = grouped(scores)
    group_of = {(name, 0): "".join(group) for group in groups for name in group}
    pairs = {((a, 0), (b, 0)): score for (a, b), score in scores.items()}
    return {(one, two): likeness for likeness, one, two in near(pairs, group_of)}


def test_what_is_near_is_measured_as_clusters_measure_it() -> None:
    copies = {("a", name): 1.0 for name in "bc"} | {("b", "c"): 1.0}
    drawn = {(name, "d"): 0.5 for name in "abc"} | {("d", "e"): 0.6, ("a", "e"): 0.3}
    assert between({**copies, **drawn}) == {("abc", "de"): pytest.approx((0.5 + 0.3) / 2)}  # abc are one report
    assert between({("a", "b"): 0.3, ("c", "a"): 0.4}) == {("a", "b"): 0.3, ("a", "c"): 0.4}
    chance = random.Random(3)
    names = [f"n{i:02}" for i in range(30)]
    for _ in range(10):
        scores = {(a, b): chance.choice((0.2, 0.3, 0.4, 0.5, 1.0)) for a in names for b in names if a < b}
        # Nothing that would have been joined is left: no average is above the floor.
        assert max(between(scores).values(), default=0) < SAME


def test_two_stories_of_one_article_are_not_near() -> None:
    story_of = {("a", 0): "one", ("a", 1): "two", ("b", 0): "two"}
    assert near({(("a", 0), ("b", 0)): 0.4}, story_of) == []
    assert near({(("a", 0), ("b", 0)): 0.4}, {("a", 0): "one", ("b", 0): "two"}) == [(0.4, "one", "two")]


def test_many_pairs_take_no_long_time() -> None:
    chance = random.Random(1)
    told = {(f"n{i:05}", 0): raid(f"n{i:05}") for i in range(5_000)}
    keys = sorted(told)
    pairs = {
        (keys[i], keys[j]): 0.3 + chance.random() / 2 for i in range(5_000) for j in range(i + 1, min(i + 11, 5_000))
    }
    start = time.process_time()
    clusters(pairs, told)
    assert time.process_time() - start < 5


def claim(name: str, article: str, **changes: object) -> ClaimRow:
    row = ClaimRow(
        id=name, article=article, outlet="The Ferry Post", published="2031-05-05", claimant="Ada Brun", chain=(),
        stance="asserts", text="Eleven traders were killed.", spans=(), event_type="ASSAULT", certainty="happened",
        place="Orvane", lat=12.0, lon=40.0, date="2031-05-04", figures=(Figure(11, 11, "killed", "traders"),),
        evidence=(), story=None, origin=None, echo_of=None, confidence=0.9, decision=None,
    )  # fmt: skip
    return replace(row, **changes)


def test_a_story_says_where_when_and_on_whose_word() -> None:
    members = [raid("b", outlet="Harbour Daily", published="2031-05-07"), raid("a"), raid("c", published="2031-05-06")]
    rows = [
        claim("c1", "a"),
        claim("c2", "b", claimant="A. Brun"),
        claim("c3", "c", stance="denies", claimant="Kelvar Front"),
    ]
    told = story(members, rows, {"c": "a"}, {"A. Brun": "Ada Brun"})
    assert told.label == "Shelling reported in Orvane, 4 May 2031"
    assert (told.place, told.lat, told.lon, told.event_type) == ("Orvane", 12.0, 40.0, "ASSAULT")
    assert (told.first, told.last) == ("2031-05-04", "2031-05-07")
    assert told.articles == ("a", "c", "b")
    assert told.outlets == ("Harbour Daily", "The Ferry Post")
    assert told.claimants == ("Ada Brun", "Kelvar Front")
    assert (told.origins, told.claims, told.denied) == (2, 3, True)
    assert [(f.claimant, f.min) for f in told.figures] == [("Ada Brun", 11)]  # who denies it gives no toll


def test_a_copy_with_another_town_s_name_tells_of_another_event() -> None:
    there = raid("b", place="Orvath", lat=35.0, lon=80.0)
    assert likeness(raid("a"), there) >= LIKE
    assert not copies_event(raid("a"), there)
    assert copies_event(raid("a"), raid("b", place="Orvath", lat=12.5, lon=40.5))
    assert copies_event(raid("a"), raid("b", place=None, lat=None, lon=None, precision="none"))
    gas = raid("a", words=("gas", "sarin", "zubrin", "quenrath"), place=None, lat=None, lon=None, precision="country")
    for day, copies in (("2031-05-04", True), ("2031-06-04", True), ("2031-06-05", False), (None, True)):
        assert copies_event(gas, replace(gas, article="b", date=day)) is copies


def test_who_tells_of_it_beside_an_event_of_their_own_is_no_report_of_it() -> None:
    told = [raid("a"), raid("b", 2, outlet="Harbour Daily")]
    assert story(told, []).articles == ("a",)
    assert story(told, []).outlets == ("The Ferry Post",)
    assert story(told[1:], []).articles == ("b",)  # where nobody is about it


def test_a_story_s_id_stays_as_long_as_its_first_article_does() -> None:
    first, later = raid("b"), raid("a", published="2031-05-09")
    assert story([first], []).id == story([later, first], []).id
    assert story([later], []).id != story([first], []).id


def test_a_label_takes_no_party_s_words() -> None:
    label = story(
        [raid(words=("gunmen", "terrorists", "zubrin"), actors=("terrorists",), place=None, precision="none")], []
    ).label
    assert label == "Attack reported, 4 May 2031"


@pytest.mark.parametrize(
    ("told", "what"),
    [
        (["shells", "shells explosion"], "Shelling"),
        (["shells explosion", "shells explosion"], "Bombing"),  # of equals the more telling
        (["shells sarin", "shells"], "Gas attack"),
        (["shells bombardment"], "Shelling"),
        (["raid fighters"], "Attack"),  # which may have been on the ground
        (["raid warplanes"], "Air strikes"),
        (["plans planned"], "Attack"),  # of which no plane has part
    ],
)
def test_a_label_has_the_way_of_which_most_reports_tell(told: list[str], what: str) -> None:
    members = [raid(f"a{n}", words=tuple(words.split())) for n, words in enumerate(told)]
    assert story(members, []).label == f"{what} reported in Orvane, 4 May 2031"


AHEAD = claim(
    "w", "a", stance="warns", text="that shells will fall on Orvane before Friday", event_type=None, certainty=None,
    figures=(), date="2031-05-07", published="2031-05-04",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "label"),
    [
        ("that shells will fall on Orvane before Friday", ("shells",), "Shelling warned of"),
        ("that the other side plans a chemical attack", ("attack", "shells"), "Gas attack warned of"),
        ("that the bridge will be attacked", ("shells",), "Attack warned of"),  # and not what else is told of there
        ("that the bridge will be attacked", ("delegates", "table"), "Talks reported"),
    ],
)
def test_what_is_only_warned_of_is_not_called_reported(text: str, words: tuple[str, ...], label: str) -> None:
    kind = "CONSULT" if label.startswith("Talks") else "ASSAULT"
    members = [raid("a", words=words, happened=False, event_type=kind)]
    assert story(members, [replace(AHEAD, text=text)]).label == f"{label} in Orvane, 4 May 2031"


@pytest.mark.parametrize(
    ("other", "label"),
    [
        (claim("c", "a"), "reported"),
        (claim("c", "a", stance="accuses", date=None), "reported"),
        (claim("c", "a", stance="denies", certainty="denied"), "warned of"),
        (claim("c", "a", certainty="planned", stance="plans"), "warned of"),
        (claim("c", "a", place="Vardia", lat=13.5, lon=41.5), "reported"),  # in the middle of its country
        (claim("c", "a", place="Tessal", lat=13.5, lon=41.5, figures=()), "warned of"),  # told of beside it
        (claim("c", "b"), "warned of"),  # which is in a copy
        (claim("c", "a", date="2030-10-02"), "warned of"),  # told of beside it, long before
        (claim("c", "a", event_type="CONSULT"), "warned of"),
        (claim("c", "a", event_type="COERCE"), "warned of"),  # a siege is not what was warned of
        (claim("c", "a", date=None, figures=()), "warned of"),  # "here we are shelled", beside the warning
        (claim("c", "c", date=None, figures=()), "reported"),
    ],
    ids=[
        *("told", "accused", "denied", "planned", "wide", "elsewhere", "copied", "before", "talks", "siege"),
        *("undated", "undated in another report"),
    ],
)
def test_what_anybody_says_has_happened_is_reported(other: ClaimRow, label: str) -> None:
    rows = [AHEAD, replace(AHEAD, id="v"), other]
    members = [raid("a", happened=False), raid("b", happened=False)]
    assert story(members, rows, {"b": "a"}).label == f"Shelling {label} in Orvane, 4 May 2031"


def test_a_report_on_its_outlet_s_own_word_counts_and_a_copy_does_not() -> None:
    own = [raid("a", happened=False), raid("b")]
    assert story(own, [AHEAD]).label == "Shelling reported in Orvane, 4 May 2031"
    assert story(own, [AHEAD], {"b": "a"}).label == "Shelling warned of in Orvane, 4 May 2031"
    assert story(own[1:], [AHEAD], {"b": "elsewhere"}).label == "Shelling reported in Orvane, 4 May 2031"
    assert story(own[:1], []).label == "Shelling reported in Orvane, 4 May 2031", "nobody warns of it"


def test_a_story_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one episode"):
        story([], [])
