"""What a browser meets on a page: gathered once for each page and width, for the tests to hold to account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urldefrag, urljoin, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Route

WIDTHS = {1440: 900, 390: 844}
"""Heights of the window by its widths."""

Light = Literal["light", "dark"]
LIGHTS: tuple[Light, ...] = ("light", "dark")

NOT_PAGES = ("/static/", "/api/", "/download/", "/export/")

_LANDMARKS = ("header nav", "main", "footer")


@dataclass(frozen=True, slots=True)
class Visit:
    """One page at one width. ``errors`` are what the browser told its console and what no code caught; ``foreign`` what
    was asked of other hosts; ``violations`` what axe-core found."""

    page: str
    width: int
    light: Light
    status: int
    title: str
    headings: int
    missing: tuple[str, ...]
    errors: tuple[str, ...]
    foreign: tuple[str, ...]
    violations: tuple[str, ...]
    beyond: int

    def __str__(self) -> str:
        return f"{self.page} at {self.width} px, {self.light}"


class Guest:
    """A browser's tab that has come in by the address that the desk told, and writes down what should not happen."""

    def __init__(self, browser: Browser, address: str, width: int = 1440, **wishes: object) -> None:
        viewport = {"width": width, "height": WIDTHS[width]}
        self.context: BrowserContext = browser.new_context(viewport=viewport, **wishes)  # type: ignore[arg-type]
        self.home = urljoin(address, "/")
        self.errors: list[str] = []
        self.foreign: list[str] = []
        self.context.route(lambda url: not url.startswith(self.home), self._refuse)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(address)

    def go(self, page: str) -> int:
        """The status of the answer."""
        answer = self.page.goto(urljoin(self.home, page))
        assert answer is not None
        return answer.status

    def links(self) -> list[str]:
        """The pages of the desk that this one leads to, without what follows ``#``."""
        read = "links => links.map((link) => new URL(link.getAttribute('href'), location.href).href)"  # SVG's, too
        found = self.page.eval_on_selector_all("a[href]", read)
        return [urldefrag(link).url.removeprefix(self.home[:-1]) for link in found if link.startswith(self.home)]

    def end(self) -> None:
        assert not self.foreign, "asked of other hosts"
        self.context.close()

    def _refuse(self, route: Route) -> None:
        self.foreign.append(route.request.url)
        route.abort()


def every_kind(guest: Guest) -> list[str]:
    """One page of each kind that can be reached from the first one."""
    found: dict[str, str] = {}
    waiting = ["/"]
    while waiting:
        page = waiting.pop(0)
        if kind(page) in found:
            continue
        found[kind(page)] = page
        guest.go(page)
        waiting += [link for link in guest.links() if is_page(link)]
    return list(found.values())


def is_page(link: str) -> bool:
    path = urlsplit(link).path
    return not path.startswith(NOT_PAGES) and not path.endswith(".html") and path != "/logout"


def kind(page: str) -> str:
    """What pages have in common that are made by the same template from as many parts."""
    path = urlsplit(page).path
    return path.split("/")[1] + "/…" * (path.count("/") > 1)


def looked_at(guest: Guest, page: str, width: int, light: Light, rules: Rules) -> Visit:
    """Go there and look, by ``rules``."""
    guest.errors.clear()
    guest.foreign.clear()
    tab = guest.page
    tab.set_viewport_size({"width": width, "height": WIDTHS[width]})
    tab.emulate_media(color_scheme=light)
    status = guest.go(page)
    tab.evaluate(AXE_SCRIPT)
    found = violations(tab, rules)
    return Visit(
        page=page,
        width=width,
        light=light,
        status=status,
        title=tab.title(),
        headings=tab.locator("h1").count(),
        missing=tuple(landmark for landmark in _LANDMARKS if tab.locator(landmark).count() == 0),
        errors=tuple(guest.errors),
        foreign=tuple(guest.foreign),
        violations=tuple(found),
        beyond=tab.evaluate("document.documentElement.scrollWidth") - width,
    )


Rules = Literal["all", "colours", "all but colours"]
"""By what axe-core goes. Contrasts take it longer than all else; they alone differ between light and dark."""


def violations(tab: Page, rules: Rules = "all") -> list[str]:
    """What axe-core, which has been put into the tab, finds."""
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules == "colours":
        options["runOnly"] = {"type": "rule", "values": ["color-contrast"]}
    elif rules == "all but colours":
        options["rules"] = {"color-contrast": {"enabled": False}}
    tab.wait_for_load_state()  # a page that a click led to may not have its style sheet yet
    found = tab.evaluate("async (options) => (await axe.run(document, options)).violations", options)
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]} ({len(rule['nodes'])})" for rule in found]
