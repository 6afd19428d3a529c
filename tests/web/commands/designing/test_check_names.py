"""Names that do not exist, as ``sportello check`` and ``sportello deploy`` tell them of a diagram, a form and a table."""

from engine import deployments
from tests.kit.places import ROOT

RULES = ("unknown-name", "wrong-call")
SLIPS = {
    "processes/richiesta/richiesta.bpmn": (
        'language="feel">decisione = "rinvio"',
        'language="feel">\n  decisone = "rinvio"',
        "riga 2, colonna 3: «decisone» non esiste: intendevi «decisione»?",
    ),
    "forms/richiesta/verifica.json": (
        '"hide": "=verifica_esito != \\"inoltra\\""',
        '"hide": "=verifica_esitto != \\"inoltra\\""',
        "colonna 2: «verifica_esitto» non esiste: intendevi «verifica_esito»?",
    ),
    "processes/richiesta/triage.dmn": (
        "urgenza: urgenza,",
        "urgenza: urgensa,",
        "riga 4, colonna 12: «urgensa» non esiste: intendevi «urgenza»?",
    ),
}


def test_a_name_that_does_not_exist_is_told_of_every_kind_of_file_and_stops_nothing(run, process, tmp_path):
    lines = []
    for name, (right, wrong, _) in SLIPS.items():
        text = (tmp_path / name).read_text()
        (tmp_path / name).write_text(text.replace(right, wrong, 1))
        lines.append(text[: text.index(right)].count("\n") + 1 + wrong.count("\n"))

    checked, deployed = run("check", process), run("deploy", process)

    assert (checked.exit_code, deployed.exit_code) == (0, 0)
    for output in (checked.output, deployed.stderr):
        told = [line for line in output.splitlines() if "non esiste" in line]
        assert sorted(line.partition(": ")[0] for line in told) == sorted(
            f"{tmp_path / name}:{line}" for name, line in zip(SLIPS, lines, strict=True)
        )
        for _, _, message in SLIPS.values():
            assert any(line.endswith(f"alla {message}") for line in told)


def test_the_processes_that_come_with_the_program_have_no_name_that_does_not_exist(run):
    folder = ROOT / "processes" / "richiesta"

    for path in (folder, folder / "richiesta.bpmn", folder / "triage.dmn"):
        output = run("check", path, "--format", "json").output
        assert not any(f'"{rule}"' in output for rule in RULES)


def test_the_forms_of_a_process_may_call_the_desk_by_names_that_hold_a_word_of_the_language(
    run, store, process, tmp_path
):
    form = tmp_path / "forms" / "richiesta" / "convocazione.json"
    form.write_text(form.read_text().replace('"=desk room()"', '"=string(working days between(today(), today()))"'))

    assert run("deploy", process).exit_code == 0
    with store.snapshot() as uow:
        assert "sede" in deployments.latest(uow, "richiesta").forms["convocazione"].keys
