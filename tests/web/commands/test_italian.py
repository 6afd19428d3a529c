"""Every word of the command line is Italian, click's own among them, whatever the machine speaks."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner

from tests.web.commands.conftest import ENGLISH, LEAVES, USAGE, VALID, leaves, said_in_italian
from web.commands import sportello
from web.commands.italian import CATALOGUES, DOMAIN

WORDS = CATALOGUES / "it" / "LC_MESSAGES"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
GROUPS = {"", *(path.rpartition(" ")[0] for path in LEAVES)}
EVERY = sorted({*LEAVES, *GROUPS})


def catalogue():
    with (WORDS / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file)


def kept(messages):
    """Give what is said for each message; of one that counts, the two forms."""
    pairs = ((each.id, each.string) for each in messages if each.id)
    return {
        (key if isinstance(key, str) else tuple(key)): (text if isinstance(text, str) else tuple(text))
        for key, text in pairs
    }


def invoke(*words):
    return CliRunner().invoke(sportello, words)


def found(path):
    command = sportello
    for word in path.split():
        command = command.commands[word]
    return command


def test_click_says_nothing_that_the_catalogue_has_not():
    folder = Path(click.__file__).parent
    said = {message for _, _, message, _, _ in extract_from_dir(folder, [("**.py", "python")], keywords=KEYWORDS)}

    told = kept(catalogue())

    assert said == told.keys()
    assert all(all(text) if isinstance(text, tuple) else text for text in told.values())


def test_the_compiled_catalogue_is_the_one_that_is_read():
    with (WORDS / f"{DOMAIN}.mo").open("rb") as file:
        compiled = read_mo(file)

    assert kept(compiled) == kept(catalogue())


@pytest.mark.parametrize("path", EVERY)
def test_every_page_of_help_is_italian_and_has_an_example(path):
    shown = invoke(*path.split(), "--help")

    assert shown.exit_code == 0
    assert said_in_italian(shown)
    assert "Uso: sportello" in shown.output
    assert "..." not in shown.output.partition("Comandi:")[2].partition("Per esempio:")[0]
    assert not path or "Per esempio:" in shown.output


@pytest.mark.parametrize("path", sorted(LEAVES))
def test_every_argument_and_option_says_what_it_is_for(path):
    described = {each.name: each.help for each in LEAVES[path].params}

    assert [name for name, text in described.items() if not text or not text.endswith((".", ":"))] == []


@pytest.mark.parametrize("path", EVERY)
def test_every_example_can_be_run(path):
    shown = invoke(*path.split(), "--help").output.partition("Per esempio:")[2]
    examples = [
        shlex.split(line.partition(">")[0].partition("<")[0])[1:] for line in shown.splitlines() if line.strip()
    ]

    for words in examples:
        length = next(n for n in (1, 2) if " ".join(words[:n]) in LEAVES)
        command = LEAVES[" ".join(words[:length])]
        context = command.make_context(command.name, words[length:], resilient_parsing=True)
        assert context.args == [], words


def test_every_command_stands_in_one_section():
    listed = [command.name for commands in sportello.sections.values() for command in commands]

    assert sorted(listed) == sorted(sportello.commands)
    shown = invoke("--help").output
    assert [heading for heading in sportello.sections if f"{heading}:" not in shown] == []


def test_without_words_the_commands_are_listed():
    assert "Comuni e persone:" in invoke().output


@pytest.mark.parametrize("path", sorted(LEAVES))
def test_wrong_usage_is_told_in_italian(path):
    command, words = LEAVES[path], path.split()
    required = any(each.required for each in command.params)
    valued = [each.opts[0] for each in command.params if isinstance(each, click.Option) and not each.is_flag]

    wrong = [invoke(*words, "--boh"), invoke(*words, *VALID[path], *["di troppo"] * (not _endless(command)))]
    wrong += [invoke(*words)] if required else []
    wrong += [invoke(*words, *VALID[path], option) for option in valued]

    for told in wrong if not _endless(command) else [wrong[0], *wrong[2:]]:
        assert (told.exit_code, said_in_italian(told)) == (USAGE, True), told.output
        assert "Errore: " in told.output


def _endless(command):
    """Say whether a command takes as many words as one likes."""
    return any(isinstance(each, click.Argument) and each.nargs == -1 for each in command.params)


@pytest.mark.parametrize("path", sorted(GROUPS - {""}))
def test_a_command_that_does_not_exist_is_told_in_italian(path):
    told = invoke(*path.split(), "boh")

    assert (told.exit_code, said_in_italian(told)) == (USAGE, True)
    assert "'boh' non esiste" in told.output


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LANGUAGE": "de", "LANG": "en_US.UTF-8"}, {"LC_ALL": "it_IT"}])
def test_the_language_of_the_machine_changes_nothing(locale):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    words = [sys.executable, "-c", "from web.commands import sportello; sportello()", "comune"]

    shown = subprocess.run([*words, "--help"], capture_output=True, env=clean | locale, check=True)

    assert "Uso: " in shown.stdout.decode()
    assert not [word for word in ENGLISH if word in shown.stdout.decode()]


def test_the_language_of_the_machine_is_what_it_was_once_a_command_is_done(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "de")
    invoke("--help")
    assert os.environ["LANGUAGE"] == "de"

    monkeypatch.delenv("LANGUAGE")
    invoke("--help")
    assert "LANGUAGE" not in os.environ


def test_the_table_of_these_tests_has_every_command():
    assert VALID.keys() == leaves().keys()
