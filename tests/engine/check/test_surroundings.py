"""What depends on the other files of the folder and on what is known of the place where they shall run."""

import re
from pathlib import Path

import pytest

from engine.check import check, check_documents
from engine.check.rules import RULES, rule

A, Z, AROUND = '<startEvent id="a"/>', '<endEvent id="z"/>', '<startEvent id="a"/><endEvent id="z"/>{a>t}{t>z}'
FIELD = b'{"type": "textfield", "key": "chi", "label": "Chi?"}'
FORM = b'{"type": "default", "schemaVersion": 18, "components": [%s]}' % FIELD


def user_task(attributes="", inside=""):
    return f'<userTask id="t" name="Esempio" {attributes}>{inside}</userTask>{AROUND}'


def laned(name):
    refs = "".join(f"<flowNodeRef>{node}</flowNodeRef>" for node in "atz")
    return f'<laneSet id="ls"><lane id="l" name="{name}">{refs}</lane></laneSet>' + user_task()


def rules_of(found):
    return {problem.rule for problem in found}


def test_a_lane_that_is_no_known_group_is_refused(problems):
    found = problems(laned("Refferente"), groups={"Referente"})

    assert [(each.rule, each.element) for each in found if each.stops] == [("unknown-lane-group", "l")]
    assert "Referente" in found[0].advice


def test_lanes_are_not_checked_where_no_groups_are_known(problems):
    assert "unknown-lane-group" not in rules_of(problems(laned("Refferente")))


def test_every_candidate_group_must_be_known(problems):
    body = user_task('camunda:candidateGroups="Analista, Esperto"')

    found = problems(body, groups={"Analista"})

    assert [(each.rule, each.element) for each in found if each.stops] == [("unknown-candidate-group", "t")]
    assert "«Esperto»" in found[0].message


def test_a_computed_candidate_group_is_left_to_the_run(problems):
    assert not rules_of(problems(user_task('camunda:candidateGroups="=gruppo"'), groups={"Analista"}))


def test_an_operation_must_be_registered(problems):
    body = f'<serviceTask id="t" camunda:type="external" camunda:topic="avvisa"/>{AROUND}'

    assert rules_of(problems(body, topics={"scrivi"})) == {"unknown-topic"}
    assert not problems(body, topics={"avvisa"})


def test_the_nearest_operation_is_named_where_one_is_misspelt(problems):
    body = f'<serviceTask id="t" camunda:type="external" camunda:topic="Avisa"/>{AROUND}'

    (found,) = problems(body, topics={"scrivi", "avvisa"})

    assert (found.rule, found.element) == ("unknown-topic", "t")
    assert "«Avisa»" in found.message
    assert found.advice == "Forse volevi «avvisa». Operazioni disponibili: avvisa, scrivi."


def test_a_computed_operation_is_left_to_the_run(problems):
    body = f'<serviceTask id="t" camunda:type="external" camunda:topic="=canale"/>{AROUND}'

    assert "unknown-topic" not in rules_of(problems(body, topics={"avvisa"}))


def test_a_form_key_needs_its_file(problems):
    body = user_task('camunda:formKey="registra"')

    assert "form-missing" in rules_of(problems(body, files={"forms/altro.json": FORM}))
    assert "form-missing" not in rules_of(problems(body, files={"forms/registra.json": FORM}))


def test_a_deployment_without_forms_takes_any_form_key(problems):
    assert not problems(user_task('camunda:formKey="registra"'))


def test_the_form_of_a_message_counts_as_used(problems):
    form = '<extensionElements><camunda:properties><camunda:property name="modulo" value="risposta"/>'
    body = user_task('camunda:formKey="f"', form + "</camunda:properties></extensionElements>")

    assert not problems(body, files={"forms/risposta.json": FORM, "forms/f.json": FORM.replace(b"chi", b"altro")})


def test_a_form_nobody_uses_is_worth_a_word(problems):
    files = {"forms/nuovo.json": FORM, "forms/vecchio.json": FORM}

    found = problems(user_task('camunda:formKey="nuovo"'), files=files)

    assert [(each.rule, each.kind, each.file) for each in found] == [("orphan-form", "advice", "forms/vecchio.json")]


def test_a_form_that_does_not_load_stops_the_deployment(problems):
    found = problems(user_task('camunda:formKey="f"'), files={"forms/f.json": b'{"components": [\n{"type": "html"}]}'})

    assert any(each.stops and each.file == "forms/f.json" for each in found)


def test_a_process_of_another_file_can_be_called(problems, draw):
    other = draw(f'<process id="q" isExecutable="true">{A}{Z}{{a>z}}</process>')
    body = f'<callActivity id="t" calledElement="q"/>{AROUND}'

    assert rules_of(problems(body)) == {"called-element-missing"}
    assert not problems(body, files={"altro.bpmn": other})


def test_two_files_may_not_hold_the_same_process(problems, draw):
    body = A + Z + "{a>z}"

    found = problems(body, files={"altro.bpmn": draw(body)})

    assert [(each.rule, each.file) for each in found] == [("duplicate-process", "prova.bpmn")]


def test_a_file_that_is_no_xml_is_refused_with_its_line(problems):
    found = problems(A + Z + "{a>z}", files={"rotto.bpmn": b"<definitions>\n<process>"})

    assert [(each.rule, each.file, each.line) for each in found] == [("unreadable-file", "rotto.bpmn", 2)]


def test_a_function_whose_name_holds_a_keyword_is_read_where_it_is_known(problems):
    body = user_task('camunda:dueDate="=working days between(oggi, domani)"')

    assert rules_of(problems(body)) == {"feel-syntax"}
    assert not problems(body, functions={"working days between"})


def test_names_are_checked_where_they_are_known(problems):
    body = f'<userTask id="t" name="Esempio" camunda:dueDate="=scadenza pratica(oggi, 3)"/>{AROUND}'

    assert not problems(body)
    assert not problems(body, names={"oggi"}, functions={"scadenza pratica"})
    assert rules_of(problems(body, names={"domani"}, functions={"scadenza pratica"})) == {"unknown-name"}


def test_a_name_that_no_form_asks_and_no_step_works_out_is_told_with_its_nearest(problems):
    form = b'{"type": "default", "id": "f", "schemaVersion": 19, "components": [%s]}'
    field = b'{"id": "c", "type": "number", "key": "importo", "label": "Importo"}'
    task = '<userTask id="t" name="Esempio" camunda:formKey="chiede" camunda:priority="=PRIORITY"/>'
    files = {"forms/chiede.json": form % field}
    told = lambda priority: problems(task.replace("PRIORITY", priority) + AROUND, files=files)  # noqa: E731

    (found,) = told("if importto = 3 then 1 else importo")

    assert (found.rule, found.kind) == ("unknown-name", "advice")
    assert "«importto» non esiste: intendevi «importo»?" in found.message
    assert ("alla colonna 5:" in found.message, found.column) == (True, 5)
    assert not told("count(for x in [importo, initiator, completed_by.t] return x)")


def test_plain_bpmn_needs_formal_expressions(problems):
    timer = "<timerEventDefinition><timeDuration KIND>P1D</timeDuration></timerEventDefinition>"
    body = f'<intermediateCatchEvent id="t">{timer}</intermediateCatchEvent>{AROUND}'

    assert rules_of(problems(body.replace("KIND", ""), plain=True)) == {"expression-not-formal"}
    assert not problems(body.replace("KIND", 'xsi:type="tFormalExpression"'), plain=True)
    assert not problems(body.replace("KIND", ""))


def test_plain_bpmn_needs_the_operation_of_a_message(problems):
    body = (
        '<message id="m"/><interface id="i"><operation id="o"><inMessageRef>m</inMessageRef></operation></interface>---'
        '<intermediateCatchEvent id="t"><messageEventDefinition messageRef="m">{0}</messageEventDefinition>'
        "</intermediateCatchEvent>"
    )
    operation = "<operationRef>o</operationRef>"

    assert rules_of(problems(body.replace("{0}", "") + AROUND, plain=True)) == {"operation-missing"}
    assert not problems(body.replace("{0}", operation) + AROUND, plain=True)
    assert not problems(body.replace("{0}", "") + AROUND)


def test_a_fault_in_a_long_expression_is_found_on_its_own_line(problems):
    flow = (
        '<sequenceFlow id="f" sourceRef="t" targetRef="z">\n<conditionExpression language="feel">\n\n  1 = 1 and\n  ( x'
    )
    body = f'\n{A}<task id="t"/><endEvent id="z"/><endEvent id="y"/>{{a>t}}{{t>y}}\n{flow}\n</conditionExpression>'

    found = [each for each in problems(body + "</sequenceFlow>") if each.stops]

    assert [each.rule for each in found] == ["feel-syntax"]
    assert found[0].line in (7, 8)


def test_a_juel_expression_comes_with_a_draft_in_feel(problems):
    found = problems(user_task("camunda:dueDate=\"${urgenza == 'alta' &amp;&amp; !chiusa ? 1 : 2}\""))

    assert '=urgenza = "alta" and not(chiusa)' in found[0].advice


def test_a_folder_is_checked_with_the_paths_given(tmp_path, draw):
    folder, forms = tmp_path / "prova", tmp_path / "moduli"
    folder.mkdir()
    forms.mkdir()
    (folder / "prova.bpmn").write_bytes(draw("\n" + user_task('camunda:formKey="manca"')))

    found = check(folder, forms)

    assert [str(each) for each in found if each.stops] == [
        f"{folder / 'prova.bpmn'}:2: t: Il compito «Esempio» usa il modulo «manca», che non c’è."
    ]


def test_problems_come_in_the_order_of_the_file(problems):
    found = problems(f'{A}\n<task id="t"/>\n<task id="u"/>\n{Z}\n{{a>z}}{{z>a}}')

    assert [each.line for each in found] == sorted(each.line for each in found)
    assert len(found) > 3


def test_every_rule_has_a_test_of_its_own():
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))

    untested = [name for name in RULES if not re.search(rf'"{name}"', tests)]

    assert untested == []


def test_two_rules_may_not_share_a_name():
    with pytest.raises(ValueError, match="duplicate-id"):
        rule("duplicate-id", "invalid")(lambda _: ())


def test_a_deployment_without_a_diagram_is_refused():
    assert rules_of(check_documents({})) == {"no-diagram"}


def test_one_diagram_of_a_folder_is_checked_with_the_tables_beside_it(tmp_path, draw):
    body = f'<businessRuleTask id="t" camunda:decisionRef="triage"/>{AROUND}'
    (tmp_path / "uno.bpmn").write_bytes(draw(body))
    (tmp_path / "altro.bpmn").write_bytes(b"<rotto")
    (tmp_path / "t.dmn").write_bytes(table("&gt; 18"))

    assert check(tmp_path / "uno.bpmn") == []
    assert {each.rule for each in check(tmp_path) if each.stops} == {"unreadable-file"}


def test_a_lane_without_people_needs_no_group(problems):
    refs = "".join(f"<flowNodeRef>{node}</flowNodeRef>" for node in "tz")
    lanes = (
        f'<lane id="l" name="Sistema">{refs}</lane><lane id="m" name="Referente"><flowNodeRef>a</flowNodeRef></lane>'
    )
    body = f'<laneSet id="ls">{lanes}</laneSet><scriptTask id="t" scriptFormat="feel" camunda:resultVariable="x">'

    assert not problems(body + f"<script>1</script></scriptTask>{AROUND}", groups={"Referente"})


def table(cell):
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">\n'
        '<decision id="triage" name="Triage"><decisionTable>\n'
        '<input><inputExpression typeRef="number"><text>eta</text></inputExpression></input>\n'
        '<output name="esito"/>\n'
        f"<rule><inputEntry><text>{cell}</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>\n"
        "</decisionTable></decision></definitions>"
    ).encode()


def test_a_decision_is_found_by_id_and_by_name(problems):
    body = '<businessRuleTask id="t" camunda:decisionRef="{}"/>' + AROUND

    assert not problems(body.replace("{}", "triage"), files={"t.dmn": table("&gt; 18")})
    assert not problems(body.replace("{}", "Triage"), files={"t.dmn": table("&gt; 18")})
    assert rules_of(problems(body.replace("{}", "altra"), files={"t.dmn": table("&gt; 18")})) == {"unknown-decision"}


def test_a_cell_that_cannot_be_read_stops_the_deployment_with_its_line(problems):
    found = problems(A + Z + "{a>z}", files={"t.dmn": table("&gt; (18")})

    assert [(each.rule, each.file, each.line, each.element) for each in found] == [
        ("decision-faulty", "t.dmn", 5, "triage")
    ]


def test_a_file_that_is_no_decision_model_is_refused(problems):
    assert rules_of(problems(A + Z + "{a>z}", files={"t.dmn": b"<altro/>"})) == {"unreadable-file"}
