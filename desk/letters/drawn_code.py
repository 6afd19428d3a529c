"""Draw the QR code that leads to the requester's page."""

from __future__ import annotations

import segno


def drawn_code(link: str) -> dict[str, str]:
    """Draw the code, where the link says on which desk the page is; ``pagina`` is its address for people to type."""
    if not link.startswith(("http://", "https://")):
        return {"qr": "", "pagina": ""}
    drawn = segno.make(link, error="m", micro=False).svg_inline(border=0, omitsize=True)
    return {"qr": str(drawn), "pagina": link.partition("?")[0].partition("://")[2]}
