"""The page about the engine: its code runs, and its tables name what is there."""

import re
import subprocess
import sys
from pathlib import Path

import engine

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "engine.md").read_text("utf-8")
(CODE,) = re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL)


def test_a_host_of_forty_lines_runs_a_process_from_its_start_to_its_end(tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CODE],
        cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert len([line for line in CODE.splitlines() if line.strip()]) <= 40
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "L-1 active instance_started",
        "L-1 active task_completed",
        "L-1 granted",
        "L-1 completed operation_completed instance_completed",
        "True",
    ]


def test_a_host_takes_only_what_the_public_face_lists():
    (imported,) = re.findall(r"^from engine import (.+)$", CODE, re.MULTILINE)

    assert {name.strip() for name in imported.split(",")} <= set(engine.__all__)


def test_the_table_of_the_public_face_has_every_public_module():
    named = {name for row in re.findall(r"^\| (`.+?) \|", PAGE, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    modules = {name for name in engine.__all__ if name.islower()}

    assert named == modules
