"""The desk's pages: one module for each noun, with its router."""

from __future__ import annotations

from fastapi import APIRouter

from sayso.desk.pages import (
    api,
    article,
    bringing,
    claimant,
    claims,
    compare,
    correcting,
    deciding,
    decisions,
    home,
    listings,
    login,
    media,
    related,
    story,
    taking,
)

ROUTERS: tuple[APIRouter, ...] = (
    home.router,
    claims.router,
    article.router,
    listings.router,
    story.router,
    claimant.router,
    compare.router,
    login.router,
    media.router,
    related.router,
    taking.router,
    bringing.router,
    deciding.router,
    correcting.router,
    decisions.router,
    api.router,
)
"""In the order in which addresses are looked up."""
