"""What FEEL and DMN cost here: the median of many turns, in microseconds of the processor, beside what is promised.

    python bench/feel.py

With Node and npm's ``feelin`` at hand (``npm install feelin`` in the folder that FEELIN names) the same fifty
expressions run there too, and the ratio is printed beside ours.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from typing import TYPE_CHECKING

from engine import dmn, feel

if TYPE_CHECKING:
    from collections.abc import Callable

CONDITION = 'importo > 1000 and stato = "aperta"'
CONTEXT = {"importo": 2000, "stato": "aperta", "nome": "Ada Esempio", "voci": [3, 1, 2]}
LONG = 'if importo > 1000 and stato = "aperta" then string join([nome, stato], ", ") else count(voci[item > 1])'
FIFTY = [
    f"{base}{' ' * turn}"
    for turn in range(5)
    for base in (
        CONDITION,
        "1 + 2 * 3 - 4",
        'if importo > 1000 then "alta" else "bassa"',
        "importo in [1000..3000]",
        "voci[item > 1]",
        "sum(voci) / count(voci)",
        "for v in voci return v * 2",
        "some v in voci satisfies v > 2",
        "upper case(nome)",
        "{a: 1, b: a + importo}.b",
    )
]
FEELIN = """
const { evaluate } = require("feelin");
const { texts, context, turns } = JSON.parse(process.argv[1]);
const run = () => { for (const text of texts) evaluate(text, context); };
for (let turn = 0; turn < 20; turn++) run();
const rounds = [];
for (let round = 0; round < 15; round++) {
  const start = process.cpuUsage();
  for (let turn = 0; turn < turns; turn++) run();
  const { user, system } = process.cpuUsage(start);
  rounds.push((user + system) / turns / texts.length);
}
console.log(rounds.sort((one, other) => one - other)[7]);
"""


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


TEXTS = iter(f"{LONG} + {turn}" for turn in range(10**9))


def unread() -> None:
    feel.parse(next(TEXTS))


def feelin() -> float | None:
    """Return what one of the fifty expressions costs feelin, None where it is not installed."""
    folder, node = os.environ.get("FEELIN"), shutil.which("node")
    if not folder or not node:
        return None
    asked = json.dumps({"texts": FIFTY, "context": CONTEXT, "turns": 20})
    ran = subprocess.run([node, "-e", FEELIN, asked], cwd=folder, capture_output=True, text=True, check=True)
    return float(ran.stdout)


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
    ours = microseconds(lambda: [feel.evaluate(text, CONTEXT) for text in FIFTY], 20) / len(FIFTY)
    theirs = feelin()
    ratio = "feelin not installed" if theirs is None else f"feelin {theirs:.1f} µs, ratio {ours / theirs:.2f}"
    print(f"{'one of fifty expressions':<28} {ours:8.1f} µs   ({ratio})")


if __name__ == "__main__":
    main()
