"""What is taken away in the formats of others: each module has one, names its source, and says what it leaves empty.

They write what they are handed, as it comes, and know no ledger; ``sayso.exporting`` gathers it. Nothing in them says
what is true: where a format has a cell for a verdict or a rating, that cell stays empty.
"""
