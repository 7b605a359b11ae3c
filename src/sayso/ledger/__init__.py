"""The ledger: who claims what, on whose word, kept for good. Rows are added, never changed or removed."""

from sayso.ledger.claims import claims_of
from sayso.ledger.decisions import Judgement
from sayso.ledger.store import Ledger, StoredArticle, StoredClaim

__all__ = ["Judgement", "Ledger", "StoredArticle", "StoredClaim", "claims_of"]
