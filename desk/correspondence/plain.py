"""Write Markdown as plain text: no marks, addresses written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.tree import SyntaxTreeNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

SOFT = {"softbreak": "\n", "hardbreak": "\n"}


def plain(tokens: Sequence[Token]) -> str:
    """Write parsed Markdown as plain text, blocks parted by an empty line."""
    return _blocks(SyntaxTreeNode(list(tokens))) + "\n"


def _blocks(node: SyntaxTreeNode) -> str:
    return "\n\n".join(_block(child) for child in node.children)


def _block(node: SyntaxTreeNode) -> str:
    if node.type in ("paragraph", "heading"):
        return "".join(_inline(child) for child in node.children)
    if node.type in ("bullet_list", "ordered_list"):
        return "\n".join(_listed(node, number, item) for number, item in enumerate(node.children, 1))
    if node.type == "hr":
        return "-" * 20
    return _blocks(node) if node.children else node.content.rstrip("\n")


def _listed(parent: SyntaxTreeNode, number: int, item: SyntaxTreeNode) -> str:
    mark = f"{number}. " if parent.type == "ordered_list" else "- "
    return mark + _blocks(item).replace("\n\n", "\n").replace("\n", "\n" + " " * len(mark))


def _inline(node: SyntaxTreeNode) -> str:
    if node.type == "link":
        words, address = "".join(map(_inline, node.children)), str(node.attrs.get("href", ""))
        return address if words == address else f"{words}: {address}"
    if node.children:
        return "".join(map(_inline, node.children))
    return SOFT.get(node.type, node.content)
