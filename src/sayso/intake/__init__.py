"""Intake: bytes -> articles. Files, folders and standard input; kinds told by content; nothing lost, nothing half-read.

``receive`` is the way in. Whatever cannot be read comes out as ``Quarantined`` with its reason, and the rest is read.
The libraries that this stage needs are imported where they are used, so that importing it costs next to nothing.
"""

from sayso.intake.article import article_of
from sayso.intake.files import Entry, files_in
from sayso.intake.receive import receive

__all__ = ["Entry", "article_of", "files_in", "receive"]
