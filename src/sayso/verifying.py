"""Check a ledger where it lies: whatever keeps it from being opened is a finding, too."""

from __future__ import annotations

from pathlib import Path

from sayso.config import Config
from sayso.errors import LedgerError, NotThereError, UsageError
from sayso.ledger import Ledger
from sayso.ledger.checking import Broken, Verified, Watch, check
from sayso.ledger.database import db_url
from sayso.ledger.stamps import Roots


def check_ledger(
    config: Config, *, roots: Roots | None = None, head: str | None = None, watch: Watch | None = None
) -> Verified:
    """Check the ledger of ``config``; see ``ledger.checking.check``. UsageError where there is none."""
    try:
        with Ledger.open(config.ledger, create=False) as ledger, ledger.reading_all() as connection:
            return check(connection, config.limits, roots=roots, head=head, watch=watch)
    except LedgerError as error:
        path = Path(str(db_url(config.ledger).database))
        if isinstance(error, NotThereError) and not (path.is_file() and path.stat().st_size):
            raise UsageError(str(error)) from error
        return _unopened(str(error).rstrip("."))
    except UsageError:
        raise
    except Exception as error:  # damage at the very beginning makes opening fail in many ways
        return _unopened(f"cannot be opened: {type(error).__name__}: {error}")


def _unopened(said: str) -> Verified:
    return Verified((Broken("the file", said),), 1, 0, None, 0, 0, ())
