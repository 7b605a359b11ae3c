"""What the log is told of who looks at what, where several may: a desk with accounts."""

from __future__ import annotations

from fastapi import Request

from sayso.ledger import Ledger


def note_view(request: Request, held: Ledger, what: str, *ids: str) -> None:
    """Have the log tell, before the answer goes out, that these articles, claims or stories are shown, and to whom.
    What somebody looks at on a desk of their own is nobody's business."""
    if request.app.state.guard.by_key:
        return
    for id_ in ids:
        held.note("viewed", id_, {"what": what, "path": request.url.path})
