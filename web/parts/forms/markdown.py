"""Render a designer's Markdown as HTML that can neither run anything nor break the page's headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = set("p br em strong code pre blockquote ul ol li a h2 h3 h4 h5 h6 hr table thead tbody tr th td".split())  # noqa: SIM905
_SCHEMES = {"http", "https", "mailto", "tel"}
_DEEPEST = 6


def html(text: str, level: int) -> Markup:
    """Render CommonMark with tables, its headings starting at ``level``; raw HTML stays text, images are left out."""
    return _clean(_PARSER.parse(text), level)


def note(text: str) -> tuple[str, Markup]:
    """Return a note's title, its first heading or its first paragraph when all in bold, and the rest as HTML."""
    tokens = _PARSER.parse(text)
    if not tokens or not (tokens[0].type == "heading_open" or _all_bold(tokens)):
        return "", _clean(tokens, _DEEPEST)
    words = "".join(part.content for part in tokens[1].children or ())
    return words, _clean(tokens[3:], _DEEPEST)


def _all_bold(tokens: Sequence[Token]) -> bool:
    if tokens[0].type != "paragraph_open":
        return False
    parts = [part.type for part in tokens[1].children or () if part.type != "text" or part.content]
    return parts[:1] == ["strong_open"] and parts[-1:] == ["strong_close"] and parts.count("strong_close") == 1


def _clean(tokens: Sequence[Token], level: int) -> Markup:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + level - 1, _DEEPEST)}"
    drawn = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return Markup(nh3.clean(drawn, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=_SCHEMES))  # noqa: S704 — just cleaned
