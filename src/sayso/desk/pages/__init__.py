"""The desk's pages: one module for each noun, with its router."""

from __future__ import annotations

from fastapi import APIRouter

from sayso.desk.pages import api, article, claimant, claims, compare, home, listings, story

ROUTERS: tuple[APIRouter, ...] = (
    *(
        home.router,
        claims.router,
        article.router,
        listings.router,
        story.router,
        claimant.router,
        compare.router,
        api.router,
    ),
)
"""In the order in which addresses are looked up."""
