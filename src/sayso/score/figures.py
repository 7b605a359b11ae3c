"""Counting what was found, what was found wrongly and what was missed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sayso.errors import UsageError

Extent = tuple[int, int]  # code points from, to (exclusive)


@contextmanager
def gold_from(path: Path) -> Iterator[None]:
    """Turn what goes wrong with the gold in ``path`` into a UsageError that names it."""
    try:
        yield
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"{path} cannot be read as gold ({type(error).__name__}: {error}).") from error


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision, recall and F1, as fractions."""

    p: float
    r: float
    f1: float


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The share that is right, as a fraction."""

    accuracy: float


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of one gold folder, by name, in the order to print; ``unread`` names articles without a reading."""

    figures: dict[str, Figure | Accuracy]
    articles: int
    unread: tuple[str, ...]

    def to_json(self) -> dict[str, dict[str, float]]:
        """The figures as plain dicts, by name."""
        return {name: asdict(figure) for name, figure in self.figures.items()}


@dataclass(slots=True)
class Count:
    """Right, wrong (found, but not in the gold) and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, right: int, found: int, gold: int) -> None:
        """Count ``right`` of ``found`` predictions, of ``gold`` that there are."""
        self.right += right
        self.wrong += found - right
        self.missed += gold - right

    def add_sets(self, found: Collection[object], gold: Collection[object]) -> None:
        """Count two sets against each other."""
        self.add(len(set(found) & set(gold)), len(set(found)), len(set(gold)))

    def figure(self) -> Figure:
        """Precision, recall and F1; 0 where there is nothing to divide by."""
        return Figure(
            p=_ratio(self.right, self.right + self.wrong),
            r=_ratio(self.right, self.right + self.missed),
            f1=_ratio(2 * self.right, 2 * self.right + self.wrong + self.missed),
        )


@dataclass(slots=True)
class Share:
    """How many of how many are right."""

    right: int = 0
    of: int = 0

    def add(self, right: int, of: int = 1) -> None:
        """Count ``right`` of ``of``."""
        self.right += right
        self.of += of

    def figure(self) -> Accuracy:
        """The share as a fraction; 0 where there is nothing to divide by."""
        return Accuracy(_ratio(self.right, self.of))


@dataclass(slots=True)
class Tally:
    """Counts and shares by the name of their figure."""

    counts: dict[str, Count] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)

    @classmethod
    def of(cls, counts: Iterable[str], shares: Iterable[str] = ()) -> Tally:
        """An empty tally for these figures, which it keeps in this order."""
        return cls({name: Count() for name in counts}, {name: Share() for name in shares})

    def figures(self) -> dict[str, Figure | Accuracy]:
        """All figures: the counts first."""
        counts = {name: count.figure() for name, count in self.counts.items()}
        return {**counts, **{name: share.figure() for name, share in self.shares.items()}}


def characters(extents: Iterable[Extent]) -> set[int]:
    """The offsets that the extents cover."""
    return {offset for start, end in extents for offset in range(start, end)}


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
