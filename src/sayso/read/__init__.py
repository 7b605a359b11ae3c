"""Reading: an article in, a Reading out."""

from sayso.read.reader import Reader

__all__ = ["Reader"]
