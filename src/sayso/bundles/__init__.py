"""Case files: what a ledger knows of some articles, as one file that another machine checks without the ledger.

It is a bag of the Library of Congress's BagIt (RFC 8493) in a ZIP archive; the layout is told in ``making``.
"""

from sayso.bundles.checking import check_bundle
from sayso.bundles.making import write_bundle

__all__ = ["check_bundle", "write_bundle"]
