"""Hold pages to WCAG 2.1 AA and to their width, one alone or many in a row."""

import re

from axe_playwright_python.sync_playwright import Axe

from tests.kit.browser import WIDTHS

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
AXE = Axe().axe_script
FOUND = """rules => axe.run(rules).then(results =>
    results.violations.map(each => `${each.id}: ${each.nodes[0].html.slice(0, 160)}`))"""
"""What axe finds, in words: all that it notes of a page costs more to hand over than to find."""


def assert_sound(visitor, name, widths=None):
    """Hold the page in front of the visitor to WCAG 2.1 AA, as far as a machine can tell, and to its width.

    The window is as wide as it was, or takes each of these widths and then its own again.
    """
    visitor.page.evaluate(AXE)
    for width in widths or [visitor.width]:
        visitor.resize(width).picture(name)
        assert visitor.page.evaluate(FOUND, RULES) == [], f"{visitor.page.url} at {width}"
        wide = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{visitor.page.url} is {wide} px too wide at {width}"
    visitor.resize(visitor.width)


def sweep(visitor, addresses, who, widths=WIDTHS):
    for address in addresses:
        visitor.go(address)
        assert_sound(visitor, f"{who}{re.sub(r'[^a-z0-9]+', '-', address)}", widths)


def linked(visitor, address, pattern, most=40):
    """Give the addresses of this kind that a page links to."""
    visitor.go(address)
    links = visitor.page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
    return list(dict.fromkeys(link for link in links if re.fullmatch(pattern, link)))[:most]


class Forgiving(list):
    """A missing page answers 404 and the browser says so: that is what was asked for."""

    def append(self, fault):
        if "status of 404" not in fault:
            super().append(fault)
