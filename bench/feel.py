"""What FEEL and DMN cost here: the median of many turns, in microseconds of the processor, beside what is promised.

    python bench/feel.py

The same fifty expressions run in npm's ``feelin`` too, fetched into ``bench/feelin`` the first time, and the ratio is
printed beside ours.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from decimal import Decimal
from itertools import count
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from typing import TYPE_CHECKING

from engine import dmn, feel
from web.assets.bundle import NodeMissing, find_node, install

if TYPE_CHECKING:
    from collections.abc import Callable

CONDITION = 'importo > 1000 and stato = "aperta"'
CONTEXT = {
    "importo": 2000,
    "stato": "aperta",
    "nome": "Ada Esempio",
    "voci": [3, 1, 2],
    "pratica": {"richiedente": {"comune": "Burolo"}},
    "pratiche": [{"numero": 1, "urgente": True}, {"numero": 2, "urgente": False}],
}
LONG = 'if importo > 1000 and stato = "aperta" then string join([nome, stato], ", ") else count(voci[item > 1])'
FEELIN = Path(__file__).parent / "feelin"
FIFTY = (FEELIN / "expressions.txt").read_text().splitlines()


def microseconds(action: Callable[[], object], turns: int = 2000) -> float:
    """Return the median of fifteen rounds of an action, per turn."""
    rounds = []
    for _ in range(15):
        started = time.thread_time()
        for _ in range(turns):
            action()
        rounds.append((time.thread_time() - started) / turns * 1e6)
    return median(rounds)


def table(rules: int) -> bytes:
    """Return a model with one table of three inputs, where the last rule is the one that matches."""
    columns = "".join(f"<input><inputExpression><text>{name}</text></inputExpression></input>" for name in "abc")
    cells = ["[{0}..{0}]", '"s{0}", "t{0}"', "&gt;= {0}"]
    rows = "".join(
        "<rule>"
        + "".join(f"<inputEntry><text>{cell.format(turn)}</text></inputEntry>" for cell in cells)
        + f"<outputEntry><text>{turn}</text></outputEntry></rule>"
        for turn in range(1, rules + 1)
    )
    head = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:b" name="b" id="b">'
    decision = '<decision id="d" name="d"><decisionTable hitPolicy="UNIQUE">'
    return f'{head}{decision}{columns}<output name="o"/>{rows}</decisionTable></decision></definitions>'.encode()


TURNS = count()


def unread() -> None:
    feel.parse(f"{LONG} + {next(TURNS)}")


def same(ours: object, theirs: object) -> bool:
    """Whether two languages that write numbers and dates differently gave one value."""
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, Decimal) and isinstance(theirs, int | float):
        return math.isclose(ours, theirs)
    return ours == theirs or str(ours) == theirs


def feelin() -> tuple[float, int] | None:
    """Return what one of the fifty expressions costs feelin and how many it agrees on; None without Node."""
    try:
        node = find_node()
    except NodeMissing:
        return None
    if not (FEELIN / "node_modules").is_dir():
        install(node, FEELIN)
    asked = json.dumps({"texts": FIFTY, "context": CONTEXT, "turns": 20})
    ran = subprocess.run([node, "measure.js"], cwd=FEELIN, input=asked, capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout)
    agreed = sum(map(same, (feel.evaluate(text, CONTEXT) for text in FIFTY), told["values"]))
    return told["cost"], agreed


def compare() -> None:
    """Print ours beside feelin's, which reads a text anew each time: so both with ours kept and with ours read anew."""
    kept = microseconds(lambda: [feel.evaluate(text, CONTEXT) for text in FIFTY], 20) / len(FIFTY)
    anew = microseconds(lambda: [feel.evaluate(f"{text} // {next(TURNS)}", CONTEXT) for text in FIFTY], 2) / len(FIFTY)
    theirs = feelin()
    for name, ours in (("one of fifty expressions", kept), ("the same, read anew", anew)):
        ratio = "no Node.js here" if theirs is None else f"feelin {theirs[0]:.1f} µs, ratio {ours / theirs[0]:.2f}"
        print(f"{name:<28} {ours:8.1f} µs   ({ratio})")
    if theirs is not None:
        print(f"{'the same value as feelin':<28} {theirs[1]:8} of {len(FIFTY)}")


def main() -> None:
    compiled, model = feel.parse(CONDITION), dmn.Model.load(table(20))
    inputs = {"a": 20, "b": "t20", "c": 30}
    report = [
        ("a compiled condition", microseconds(lambda: compiled.evaluate(CONTEXT)), 5),
        ("a table of 20 rules", microseconds(lambda: model.evaluate("d", inputs), 200), 120),
        (f"reading {len(LONG)} characters", microseconds(unread, 100), 3 * len(LONG)),
    ]
    for name, cost, limit in report:
        print(f"{name:<28} {cost:8.1f} µs   (promised: {limit} µs)")
    compare()


if __name__ == "__main__":
    main()
