"""Pictures and videos: what a file is and what it says of itself, in a process of its own; and what a page cites."""

from sayso.media.citing import cited_in
from sayso.media.looking import Trust, check_installed, covers, look, made_with

__all__ = ["Trust", "check_installed", "cited_in", "covers", "look", "made_with"]
