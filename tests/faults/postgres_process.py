"""One of several processes at a ledger, for ``test_postgres.py``: stores reports, links them, and decides on claims."""

from __future__ import annotations

import random
import sys

from tests.faults.test_postgres import judgements
from tests.unit.test_linking import reports

from sayso import deciding, linking
from sayso.errors import SaysoError
from sayso.ledger import Ledger


def main(where: str, number: str) -> int:
    chance = random.Random(int(number))
    try:
        with Ledger.open(where) as ledger:
            items = reports()
            chance.shuffle(items)
            for item in items:
                ledger.store(*item)
                if chance.random() < 0.5:
                    linking.link(ledger)
            linking.link(ledger)
            for said in judgements(ledger):
                if said.user == f"user {number}":
                    deciding.decide(ledger, said)
    except SaysoError as error:
        print(f"sayso: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
