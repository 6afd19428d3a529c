"""Serve the bundled CSS, JavaScript, fonts and icons: compressed beforehand, addressed by content, kept for ever."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Response, request, send_from_directory, url_for
from markupsafe import Markup

from web.request.access import for_everyone

if TYPE_CHECKING:
    from flask import Flask

STATIC = Path(__file__).parents[1] / "static"
DIST = STATIC / "dist"
FOR_EVER, AN_HOUR = 31_536_000, 3_600


def serve_static_files(app: Flask) -> None:
    """Answer ``/static/…`` and give templates the addresses of what was bundled."""
    if "static" not in app.view_functions:
        app.add_url_rule("/static/<path:filename>", "static", static_file)
    app.view_functions["static"] = static_file
    app.jinja_env.globals.update(risorsa=asset, foglio_di_stile=style_sheet, copione=script)


@for_everyone
def static_file(filename: str) -> Response:
    compressed = f"{filename}.gz"
    fits = bool(request.accept_encodings["gzip"]) and _is_there(compressed)
    chosen, age = compressed if fits else filename, FOR_EVER if request.args.get("v") else AN_HOUR
    response = send_from_directory(STATIC, chosen, max_age=age, mimetype=_kind(filename))
    response.headers.pop("Content-Disposition", None)
    response.vary.add("Accept-Encoding")
    if fits:
        response.content_encoding = "gzip"
    return response


def _is_there(filename: str) -> bool:
    """Look for one of our files; a name too long for the disk is none."""
    try:
        return (STATIC / filename).is_file()
    except OSError:
        return False


def are_bundled() -> bool:
    """Say whether pages have their styles and scripts: a checkout lacks them until they are made."""
    return (DIST / "manifest.json").is_file()


def asset(name: str) -> str:
    """Give the address of a bundled file, which changes when the file does."""
    return url_for("static", filename=f"dist/{name}", v=_digests(_modified()).get(name, "0"))


def style_sheet(name: str) -> Markup:
    return Markup('<link rel="stylesheet" href="{}">').format(asset(f"{name}.css"))


def script(name: str) -> Markup:
    return Markup('<script src="{}" defer></script>').format(asset(f"{name}.js"))


def _kind(filename: str) -> str | None:
    return {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}.get(Path(filename).suffix)


def _modified() -> int:
    manifest = DIST / "manifest.json"
    return manifest.stat().st_mtime_ns if manifest.exists() else 0


@lru_cache(maxsize=2)
def _digests(modified: int) -> dict[str, str]:
    if not modified:
        return {}
    digests: dict[str, str] = json.loads((DIST / "manifest.json").read_text())["files"]
    return digests
