"""Sayso reads news reports about conflicts and keeps a ledger of who claims what, on whose word."""

__version__ = "0.1.0"
