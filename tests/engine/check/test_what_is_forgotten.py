"""What who draws a first process forgets: forms, lanes, names, and files that lie where nothing reads them."""

import json

import pytest

from engine.check import check

AROUND = '<startEvent id="a"/><endEvent id="z"/>{a>t}{t>z}'
GROUPS = ("Referente", "Analista")


def task(attributes="", inside=""):
    return f'<userTask id="t" name="Esempio" {attributes}>{inside}</userTask>{AROUND}'


def form(*components, name="Form_0abc"):
    return json.dumps({"type": "default", "id": name, "components": components}).encode()


FIELD = {"type": "textfield", "id": "Field_1", "key": "chi", "label": "Chi?"}
TEXT = {"type": "text", "id": "Text_1", "text": "Leggi."}
BUTTON = {"type": "button", "id": "Button_1", "label": "Manda", "action": "submit"}
ASKED = 'camunda:formKey="domanda"'
LANED = '<laneSet id="ls"><lane id="l" name="Referente">{}</lane></laneSet>'.replace(
    "{}", "".join(f"<flowNodeRef>{node}</flowNodeRef>" for node in "atz")
)


@pytest.mark.parametrize("components", [(FIELD,), (TEXT, FIELD, BUTTON)])
def test_a_task_whose_form_asks_is_right(accused, components):
    files = {"forms/domanda.json": form(*components)}

    assert accused("user-task-without-questions", task(ASKED), files=files) is None


@pytest.mark.parametrize("components", [(), (TEXT, BUTTON), ({"type": "group", "id": "g", "components": [TEXT]},)])
def test_a_task_whose_form_asks_nothing_is_told_with_the_form(problems, components):
    (found,) = problems(task(ASKED), files={"forms/domanda.json": form(*components)})

    assert (found.rule, found.kind, found.element) == ("user-task-without-questions", "advice", "t")
    assert found.message == (
        "Il compito «Esempio» usa il modulo «domanda», che non fa domande: "
        "chi lo apre trova solo il pulsante per completarlo."
    )
    assert "domanda.json" in found.advice


def test_a_task_without_a_form_is_told_with_its_line_and_where_to_write_it(problems):
    files = {"forms/altro.json": form(FIELD)}

    found = problems(f"\n\n{task()}", files=files)

    (told,) = [each for each in found if each.rule == "user-task-without-questions"]
    assert (told.kind, told.file, told.line, told.element) == ("advice", "prova.bpmn", 3, "t")
    assert "«Form key»" in told.advice
    assert "camunda:formKey" in told.advice


def test_a_task_without_a_form_is_right_where_a_deployment_has_none_and_where_nothing_runs(problems, accused):
    drawn = f'<process id="p" isExecutable="false">{task()}</process>'

    assert not problems(task())
    assert accused("user-task-without-questions", drawn, files={"forms/altro.json": form(FIELD)}) is None


@pytest.mark.parametrize(
    "key", ["domande", "domanda.json", "domanda.form", "camunda-forms:deployment:domanda.form", "Form_0abc"]
)
def test_a_form_that_is_called_otherwise_is_told_by_its_name(problems, key):
    found = problems(task(f'camunda:formRef="{key}"'), files={"forms/domanda.json": form(FIELD)})

    (told,) = [each for each in found if each.rule == "form-missing"]
    assert told.message.endswith("che non c’è: intendevi «domanda»?")


@pytest.mark.parametrize(
    "start",
    [
        f'<startEvent id="a" {ASKED}/>',
        '<startEvent id="a"><extensionElements><camunda:formData/></extensionElements></startEvent>',
    ],
)
def test_a_form_on_a_start_event_is_refused_since_nobody_would_see_it(accused, start):
    body, files = task(ASKED), {"forms/domanda.json": form(FIELD)}

    assert accused("form-not-asked", body.replace('<startEvent id="a"/>', start), files=files) == ("unsupported", "a")
    assert accused("form-not-asked", body, files=files) is None


def test_a_form_of_camundas_own_kind_is_refused_with_what_to_use(problems):
    (found,) = problems(task(inside="<extensionElements><camunda:formData/></extensionElements>"))

    assert (found.rule, found.kind) == ("extension-not-run", "unsupported")
    assert "«Form key»" in found.advice


def test_a_task_that_no_lane_and_no_attribute_gives_to_anybody_is_refused_where_people_have_groups(accused):
    assert accused("task-in-no-lane", task(), groups=GROUPS) == ("unsupported", "t")
    for given in (LANED + task(), task('camunda:candidateGroups="Analista"')):
        assert accused("task-in-no-lane", given, groups=GROUPS) is None
    assert accused("task-in-no-lane", task()) is None


def test_a_person_named_has_a_task_only_in_a_role(accused):
    for named in ('camunda:assignee="=initiator"', 'camunda:candidateUsers="=completed_by.a"'):
        assert accused("task-in-no-lane", task(named), groups=GROUPS) == ("unsupported", "t")
        assert accused("task-in-no-lane", LANED + task(named), groups=GROUPS) is None
        assert accused("task-in-no-lane", task(named)) is None


def test_no_diagram_names_a_person_where_people_have_groups(accused, problems):
    for named in ('camunda:assignee="ada"', 'camunda:candidateUsers="ada, ugo"'):
        assert accused("literal-user", LANED + task(named), groups=GROUPS) == ("unsupported", "t")
        assert accused("literal-user", LANED + task(named)) is None
    for computed in ('camunda:assignee="=initiator"', 'camunda:candidateUsers="=completed_by.a"'):
        assert accused("literal-user", LANED + task(computed), groups=GROUPS) is None
    (found,) = problems(LANED + task('camunda:assignee="initiator"'), groups=GROUPS)
    assert found.advice.endswith("Forse volevi «=initiator».")


@pytest.fixture
def folders(tmp_path, draw):
    """Make the folders of a process in which nothing is amiss; more files may be put there."""
    process, forms = tmp_path / "processes" / "p", tmp_path / "forms" / "p"
    (process / "scenarios").mkdir(parents=True)
    forms.mkdir(parents=True)
    (process / "p.bpmn").write_bytes(draw(task(ASKED)))
    (process / "scenarios" / "uno.yaml").write_text("passi: []")
    (forms / "domanda.json").write_bytes(form(FIELD))
    return process, forms


def test_folders_in_which_all_is_in_its_place_have_no_problem(folders):
    assert check(*folders) == []


def test_a_process_with_another_id_than_its_folder_is_told(folders):
    process, forms = folders
    process.rename(process.with_name("prenota"))

    (found,) = check(process.with_name("prenota"), forms)

    assert (found.rule, found.kind, found.element) == ("process-not-named-as-folder", "advice", "p")
    assert "la cartella si chiama «prenota»" in found.message


def test_a_folder_needs_one_process_of_its_name_beside_those_it_calls(folders, draw):
    process, forms = folders
    called = f'<process id="altro" isExecutable="true">{task(ASKED)}</process>'
    (process / "altro.bpmn").write_bytes(draw(called))

    assert check(process, forms) == []
    assert check(process / "altro.bpmn", forms) == []
    (process / "p.bpmn").write_bytes(b"<rotto")
    assert [each.rule for each in check(process, forms)] == ["unreadable-file"]


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("processes/p/domanda.json", "Spostalo nella cartella dei moduli, con il nome domanda.json."),
        ("processes/p/domanda.form", "Spostalo nella cartella dei moduli, con il nome domanda.json."),
        ("processes/p/p.xml", "Se è un disegno, dagli il nome p.bpmn."),
        ("processes/p/due.yaml", "Se è un caso di prova, spostalo nella cartella scenarios, con il nome due.yaml."),
        ("processes/p/scenarios/due.yml", "Dagli il nome due.yaml."),
        ("forms/p/domanda.form", "Dagli il nome domanda.json."),
        ("forms/p/p.bpmn", "Spostalo nella cartella del processo."),
    ],
)
def test_a_file_where_nothing_reads_it_is_told_with_its_place(folders, tmp_path, name, advice):
    (tmp_path / name).write_text("")

    (found,) = check(*folders)

    assert (found.rule, found.kind, found.file, found.advice) == ("unread-file", "advice", str(tmp_path / name), advice)


def test_a_file_that_is_read_by_people_alone_is_left_in_peace(folders):
    process, _ = folders
    (process / "LEGGIMI.md").write_text("Come lavora questo processo.")

    assert check(*folders) == []


@pytest.mark.parametrize("left", ["_condiviso.yaml", None])
def test_a_process_that_no_scenario_plays_is_told(folders, left):
    process, _ = folders
    only = process / "scenarios" / "uno.yaml"
    if left:
        only.rename(only.with_name(left))
    else:
        only.unlink()
        only.parent.rmdir()

    (found,) = check(*folders)

    assert (found.rule, found.kind, found.file) == ("no-scenarios", "advice", str(process))
    assert "sportello scenari" in found.advice
