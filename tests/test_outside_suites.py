"""What others wrote to try programs of this kind is run where it lies beside the project, and missed aloud elsewhere."""

import os
import re
import shutil
import subprocess
import sys

from tests.kit.places import ROOT

OUTSIDE = ("engine/dmn/test_tck.py", "engine/spiff/test_betsy.py", "engine/check/test_outside_diagrams.py")
REASONS = (
    "the TCK, the test kit of DMN, is not in ../shared/tck",
    "betsy, the test system of BPMN engines, is not in ../shared/betsy",
    "the diagrams of betsy and of the MIWG are not in ../shared",
)


def test_in_a_plain_clone_the_summary_says_which_outside_suites_are_skipped_and_why(tmp_path):
    clone = tmp_path / "clone"
    shutil.copytree(ROOT / "tests", clone / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", clone / "pyproject.toml")
    words = ["-m", "pytest", "-p", "no:cacheprovider", "-k", "ninety_nine or betsy or outside"]
    alone = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}

    ran = subprocess.run(
        [sys.executable, *words, *(f"tests/{name}" for name in OUTSIDE)],
        cwd=clone,
        env={**alone, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )

    skipped = re.findall(r"^SKIPPED \[\d+\] \S+: (.+)$", ran.stdout, re.MULTILINE)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert set(REASONS) <= set(skipped)
