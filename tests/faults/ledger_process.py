"""Another process at a ledger, for the tests beside this file: store articles ``first`` to ``last``, one a line."""

from __future__ import annotations

import sys

from tests.unit.ledger.builders import simple

from sayso.errors import SaysoError
from sayso.ledger import Ledger


def main(where: str, first: str, last: str) -> int:
    try:
        with Ledger.open(where) as ledger:
            for number in range(int(first), int(last)):
                ledger.store(*simple(number))
                print(number, flush=True)
    except SaysoError as error:
        print(f"sayso: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
