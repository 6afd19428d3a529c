"""README and docs promise nothing that is not there: folders, files, verbs, commands, and code that runs."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from web.commands import sportello

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FOLDERS = ("bench", "desk", "docs", "engine", "forms", "processes", "tests", "web")
VERBS = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))


def code(document):
    """What a page sets in the type of code: its blocks, and its words between backticks."""
    found = re.findall(r"```\w*\n(.+?)```|`([^`\n]+)`", document.read_text("utf-8"), re.DOTALL)
    return [block or word for block, word in found]


def lines(document):
    return [line.partition("#")[0].strip() for part in code(document) for line in part.splitlines()]


def commands(document):
    """The words of every ``sportello`` command a page tells to run."""
    for line in lines(document):
        named = re.search(r"(?:^|[/=])sportello +([a-z].*)", line)
        if named:
            yield shlex.split(re.sub(r"<[^>]*>|…", "any", named[1].partition(")'")[0]))


def resolved(words):
    """The command that the words name, and what is left for it."""
    found = sportello
    while isinstance(found, click.Group):
        assert words, f"«{found.name}» asks for one of its commands"
        assert words[0] in found.commands, f"sportello has no {words[0]}"
        found, words = found.commands[words[0]], words[1:]
    return found, words


def test_the_map_names_every_folder():
    made = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split()}
    kept = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")} - made

    assert {name for name in kept if not name.endswith(".egg-info")} == set(FOLDERS)
    assert [name for name in FOLDERS if f"`{name}/`" not in README] == []


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_every_path_a_page_names_is_there(document):
    named = {
        path
        for part in code(document)
        for path in re.findall(rf"(?<![\w/.-])(?:{'|'.join(FOLDERS)})/[\w./-]+", part)
        if not re.search(r"/(?:prenota|NOME)\b|_field_$", path)
    }

    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_every_link_of_a_page_leads_to_a_file(document):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8"))

    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_every_make_verb_a_page_names_exists(document):
    named = {match[1] for line in lines(document) if (match := re.match(r"make ([a-z]+)\b", line))}

    assert named <= VERBS


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_every_command_a_page_tells_to_run_takes_its_options(document):
    for words in commands(document):
        command, rest = resolved(words)
        options = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}

        assert {word for word in rest if re.match("-.", word)} <= options | {"--help"}, words


def test_every_command_and_verb_is_told_somewhere():
    told = "\n".join(document.read_text("utf-8") for document in PAGES)

    assert [name for name in sportello.commands if f"sportello {name}" not in told] == []
    assert [verb for verb in VERBS - {"help", "format", "clean"} if f"make {verb}" not in told] == []


def test_every_setting_is_explained_to_administrators_and_no_other():
    read = set(re.findall(r'value(?:\.get\(|, )"([A-Z_]+)"', (ROOT / "web" / "settings.py").read_text()))

    told = set(
        re.findall(r"^\| `SPORTELLO_([A-Z_]+)`", (ROOT / "docs" / "gestore.md").read_text("utf-8"), re.MULTILINE)
    )

    assert read
    assert told == read


def test_the_python_of_the_readme_runs(tmp_path):
    snippet = re.search(r"```python\n(.+?)```", README, re.DOTALL)[1].replace("desk.db", f"{tmp_path}/desk.db")

    done = subprocess.run([sys.executable, "-c", snippet], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
