"""Check a ledger where it lies: damage that keeps it from being opened is a finding, too."""

from __future__ import annotations

from sayso.config import Config
from sayso.errors import LedgerError, NotThereError, UsageError
from sayso.ledger import Ledger
from sayso.ledger.checking import Broken, Verified, Watch, check
from sayso.ledger.database import db_url, file_of, is_damage
from sayso.ledger.stamps import Roots


def check_ledger(
    config: Config, *, roots: Roots | None = None, head: str | None = None, watch: Watch | None = None
) -> Verified:
    """Check the ledger of ``config``; see ``ledger.checking.check``. UsageError where there is none; LedgerError where
    it cannot be asked, which says nothing of it: a server that is down, a newer Sayso's ledger, a busy file."""
    file = file_of(db_url(config.ledger))
    where = "the file" if file else "the database"
    try:
        with Ledger.open(config.ledger, create=False) as ledger, ledger.reading_all() as connection:
            return check(connection, config.limits, roots=roots, head=head, watch=watch)
    except NotThereError as error:
        if file is None or not (file.is_file() and file.stat().st_size):
            raise UsageError(str(error)) from error
        return _unopened(where, str(error))
    except LedgerError as error:
        if not is_damage(error.__cause__):
            raise
        return _unopened(where, str(error))
    except (UsageError, MemoryError):
        raise
    except Exception as error:  # damage at the very beginning makes opening fail in many ways
        return _unopened(where, f"cannot be opened: {type(error).__name__}: {error}")


def _unopened(where: str, said: str) -> Verified:
    return Verified((Broken(where, said.rstrip(".")),), 1, 0, None, 0, 0, ())
