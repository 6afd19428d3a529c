"""Pieces that pages of several readers draw: menus, forms, page links, cards."""
