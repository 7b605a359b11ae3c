"""One picture or video as a text for a terminal: what it is, what it says of itself, and where it was seen before."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from sayso.media_types import PLAIN, Look, Medium, Near, Seen
from sayso.show.plain import count, one_line
from sayso.show.tables import day
from sayso.show.views import Fact, fact_lines


def medium_view(found: Medium) -> RenderableType:
    """A picture or video. Nothing in it says whether it shows what is said of it."""
    return Group(
        fact_lines([*_what(found), *_hashes(found.look)]),
        Text("\nWhat the file says of itself, which anybody can have written", "bold"),
        fact_lines(_says(found.look) or [("", "nothing")], indent=2),
        Text("\nWhere it was seen" if found.row else "\nNot in the ledger: these very bytes were not added", "bold"),
        fact_lines([fact for seen in found.seen for fact in seen_facts(seen)], indent=2),
        Text(f"\nSeen before: {count(len(found.near), 'other file')} with a picture that looks the same", "bold"),
        *(_near(one) for one in found.near),
    )


def _what(found: Medium) -> list[Fact]:
    look = found.look
    kept = "" if found.row is None or found.row.kept else " (not kept: only its hash is in the ledger)"
    return [
        ("id", found.row.id if found.row else None),
        ("SHA-256", found.sha256),
        ("kind", f"{found.kind}, {found.size:,} bytes{kept}"),
        ("size", f"{look.width:,} × {look.height:,} pixels" if look.width and look.height else None),
        ("length", playing(look.seconds) if look.seconds is not None else None),
        ("problem", look.problem),
        ("C2PA", f"{look.credentials.state}: {look.credentials.why}" if look.credentials else "not looked at"),
        ("signed by", look.credentials.signer if look.credentials else None),
        ("signed at", look.credentials.signed if look.credentials else None),
        ("made with", look.credentials.tool if look.credentials else None),
    ]


def _hashes(look: Look) -> list[Fact]:
    if not look.frames:
        return [("PDQ", "none: there is nothing to find it by but its bytes")]
    if len(look.frames) == 1:
        (one,) = look.frames
        plain = ": it shows too little to be found by its looks" if one.quality < PLAIN else ""
        return [("PDQ", f"{one.pdq} (quality {one.quality}{plain})")]
    plain = str(sum(one.quality < PLAIN for one in look.frames))
    return [("PDQ", f"{count(len(look.frames), 'picture')} of it, {plain} of which show too little to be found by")]


def _says(look: Look) -> list[Fact]:
    says = look.says
    facts: list[Fact] = [
        ("taken", says.taken),
        ("at", f"{says.lat:.6f}, {says.lon:.6f}" if says.lat is not None and says.lon is not None else None),
        ("camera", says.camera),
        ("software", says.software),
        ("author", says.author),
    ]
    return [fact for fact in facts if fact[1]]


def seen_facts(seen: Seen) -> Iterator[Fact]:
    """Where and when, about which place, with which words; and who says so."""
    when = day(seen.article.published) if seen.article else ""
    places = f"about {', '.join(one_line(place) for place in seen.places)}" if seen.places else None
    if seen.article is not None:
        outlet = one_line(seen.article.outlet or "(outlet not known)")
        title = one_line(seen.article.title or seen.article.location)
        how = "shown on its page under the address" if seen.cited else None
        yield when or "undated", "; ".join(filter(None, (f"{outlet}: {title} ({seen.article.id})", places, how)))
    else:
        yield "", "in no article of the ledger"
    if seen.claim is not None:
        yield "", f"claim {seen.claim.id}: {one_line(seen.claim.text)}"
    if seen.url is not None:
        yield "", seen.url
    yield "", f"added on {day(seen.at)} by {seen.who}, from {seen.location}"


def _near(one: Near) -> RenderableType:
    where = f", {playing(one.seconds)} into it" if one.seconds is not None else ""
    own = f"; here at {playing(one.own_seconds)}" if one.own_seconds is not None else ""
    alike = f"{one.medium.id}  {one.medium.kind}{where}: {one.bits} of 256 bits differ{own}"
    return Group(Text(alike), fact_lines([fact for seen in one.seen for fact in seen_facts(seen)], indent=2))


def playing(seconds: float) -> str:
    """A time within a video: "1:02:03", "0:07"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
