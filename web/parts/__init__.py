"""Parts: pieces that pages of several readers draw, such as menus, forms, page links and cards."""
