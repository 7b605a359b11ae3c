"""The desk: Sayso's pages in a browser on the user's own machine. Needs the extra ``desk``.

``app.make_app`` makes the application for a ledger. Each module of ``pages`` has the pages of one noun: it asks the
ledger for one frozen record, which ``rendering`` puts into the template of that noun, and which the API under ``/api``
serves as JSON. No page asks another host for anything, and each can be read without JavaScript.
"""

from __future__ import annotations

import importlib.util

from sayso.errors import UsageError

_NEEDED = ("argon2", "fastapi", "jinja2", "python_multipart", "uvicorn")


def check_installed() -> None:
    """UsageError, with what to install, where the extra ``desk`` is not there."""
    if missing := [name for name in _NEEDED if importlib.util.find_spec(name) is None]:
        raise UsageError(
            f"sayso desk needs {', '.join(missing)}, not installed here. Install it with: pip install 'sayso[desk]'"
        )
