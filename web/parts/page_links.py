"""Link the pages of a long list: numbers, the one before, the one after; the rest of the address stays as it is.

A page is asked for by the key that it begins after, so a row that leaves the list meanwhile hides none of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import request, url_for

from engine.paging import COUNT_CAP
from web.words.dates import number_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from engine.paging import Page

    Address = Callable[[str | None], str]

AFTER = "dopo"
"""The piece of an address that holds the key of a page."""


@dataclass(frozen=True)
class PageNumber:
    """A page by its number; ``salto`` says that pages between it and the number before are not named."""

    nome: str
    indirizzo: str
    corrente: bool
    salto: bool


@dataclass(frozen=True)
class PageLinks:
    """Where one is in a list, and the ways from there."""

    posizione: str
    conto: str
    numeri: Sequence[PageNumber]
    #: Whether there are pages beyond the last number, which nobody counted.
    altre: bool
    indietro: str | None
    avanti: str | None


def page_links(page: Page[Any], size: int, address: Address | None = None) -> PageLinks:
    """Make the links of a page of ``size`` rows; ``address`` gives the address of the page after a key."""
    to, count = address or same_page(AFTER), count_words(page)
    current = -(-page.before // size)
    numbers = list(_numbers(page, current, to)) if page.starts else []
    back = to(page.starts.get(current - 1)) if current else None
    return PageLinks(_position(page, count), count, numbers, page.capped, back, to(page.next) if page.next else None)


def count_words(page: Page[Any]) -> str:
    """Say how many rows a list has: «1.234», or «più di 1.000» where nobody counted on."""
    return f"più di {number_words(page.count)}" if page.capped else number_words(page.count)


def same_page(name: str) -> Address:
    """Give the addresses of the page being drawn that differ in one piece of it, where there are several lists."""
    page, said = url_for(str(request.endpoint), **(request.view_args or {})), request.args.to_dict()

    def address(key: str | None) -> str:
        # Written here, since among a visitor's words ``url_for`` would take «_scheme» and its like for its own.
        query = urlencode({**said, name: key} if key else {each: said[each] for each in said if each != name})
        return f"{page}?{query}" if query else page

    return address


def _position(page: Page[Any], count: str) -> str:
    """Say which rows are shown: «26–50 di 200»."""
    if page.before > COUNT_CAP:
        return f"oltre le prime {number_words(COUNT_CAP)}"
    last = page.before + len(page.items)
    place = f"{number_words(page.before + 1)}–{number_words(last)}"
    return f"{place}, in tutto {count}" if page.capped else f"{place} di {count}"


def _numbers(page: Page[Any], current: int, to: Address) -> Iterator[PageNumber]:
    numbers = [0, *page.starts]
    for before, number in zip([-1, *numbers], numbers, strict=False):
        yield PageNumber(str(number + 1), to(page.starts.get(number)), number == current, number > before + 1)
