"""The designers' guide lists every property that is read, as the program knows it."""

import re
from pathlib import Path

from click.testing import CliRunner

from desk.mail.operation import READERS
from desk.properties import RECIPIENT
from engine.forms.kinds import CHECKS, KINDS
from engine.forms.validators import VALIDATORS
from web.commands.processes import list_properties
from web.words.properties import HEADINGS, table

GUIDE = (Path(__file__).parents[3] / "docs/progettista.md").read_text(encoding="utf-8")


def test_the_guide_s_tables_are_the_registry_s():
    for heading, entries in HEADINGS.items():
        part = re.search(rf"^## {re.escape(heading)}\n(.+?)(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)[1]
        found = re.search(r"^\| Proprietà .+?(?=\n\n)", part, re.MULTILINE | re.DOTALL)[0]

        assert found == table(entries), f"«{heading}»: paste what `sportello proprieta` prints"


def test_no_other_table_of_the_guide_lists_properties():
    assert GUIDE.count("| Proprietà") == len(HEADINGS)


def test_values_that_an_entry_lists_are_those_that_are_understood():
    assert set(RECIPIENT.values) == set(READERS)
    assert set(CHECKS) == set(VALIDATORS)
    assert {"textfield", "checklist"} <= set(KINDS)


def test_a_designer_reads_them_at_the_console():
    printed = CliRunner().invoke(list_properties)

    assert printed.exit_code == 0
    assert "## L’agenda" in printed.output
    assert "| `mostra-a` |" in printed.output
