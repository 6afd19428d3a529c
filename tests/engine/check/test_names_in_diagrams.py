"""Names and calls without a value in a diagram's expressions, told in their place."""

from engine.check import check, check_documents

A, Z = '<startEvent id="a"/>', '<endEvent id="z"/>'
AROUND = A + Z + "{a>t}{t>z}"
TASK = '<userTask id="t" name="T" camunda:formKey="f" {}/>'
TABLE = (
    b'<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">\n'
    b'<decision id="d" name="d"><literalExpression><text>calcolato + importo + ignoto</text></literalExpression>'
    b"</decision></definitions>"
)


def told(found):
    rules = ("unknown-name", "wrong-call", "slip")
    return [(each.file, each.line, each.element, each.column, each.rule) for each in found if each.rule in rules]


def test_a_name_in_an_attribute_is_told_on_the_line_of_its_element_with_the_sign_counted(deployed):
    task = 'camunda:assignee="=nome"\n camunda:priority="=if nome = &quot;x&quot; then&#10; importto else importo"'

    (found,) = deployed(TASK.format(task))

    assert (found.line, found.column) == (1, 2)
    assert "alla riga 2, colonna 2: «importto» non esiste: intendevi «importo»?" in found.message


def test_a_name_in_a_text_is_told_on_its_own_line_whatever_its_tag_takes(problems, asked):
    body = '{a>t}\n<sequenceFlow id="f" sourceRef="t" targetRef="z">\n<conditionExpression\n  language="feel">\n'
    body += "  importo &gt; 3 and\n   importto &lt; 4</conditionExpression></sequenceFlow>{t>y}"
    body = f'{A}<task id="t"/><endEvent id="z"/><endEvent id="y"/>{body}'

    found = told(problems(body, files={"forms/f.json": asked()}))

    assert found == [("prova.bpmn", 6, "f", 4, "unknown-name")]


def test_what_a_repetition_writes_exists(draw, asked):
    loop = (
        '<multiInstanceLoopCharacteristics camunda:collection="righe"><loopDataOutputRef>esiti</loopDataOutputRef>'
        '<inputDataItem id="i" name="riga"/><outputDataItem id="o" name="esito"/></multiInstanceLoopCharacteristics>'
    )
    body = f'<userTask id="t" name="T" camunda:formKey="f" camunda:priority="=PRIORITY">{loop}</userTask>{AROUND}'
    found = {
        name: told(check_documents({"p.bpmn": draw(body.replace("PRIORITY", name)), "forms/f.json": asked()}))
        for name in ("riga.voce", "count(esiti)", "esito", "rigga")
    }

    assert [name for name, each in found.items() if each] == ["rigga"]


def test_a_call_that_can_only_give_null_is_told(deployed):
    found = told(deployed(TASK.format('camunda:priority="=number(substring(nome))"')))

    assert found == [("p.bpmn", 1, "t", 9, "wrong-call")]


def test_what_can_be_read_but_is_a_slip_is_told(deployed):
    found = told(deployed(TASK.format('camunda:priority="=if now() &gt; 22/11/2026 then 1 else 2"')))

    assert found == [("p.bpmn", 1, "t", 13, "slip")]


def test_nothing_is_told_where_a_file_that_may_write_the_name_cannot_be_read(draw, asked):
    body = f'<userTask id="t" name="T" camunda:formKey="f" camunda:priority="=importto"/>{AROUND}'
    files = {"p.bpmn": draw(body), "forms/f.json": asked()}

    assert told(check_documents(files))
    assert not told(check_documents({**files, "forms/g.json": b"{"}))
    assert not told(check_documents({**files, "q.bpmn": b"<"}))


def test_the_keys_of_a_form_with_a_mistake_are_known_all_the_same(deployed):
    found = deployed(TASK.format('camunda:priority="=importo"'), more=[{"id": "h", "type": "html"}])

    assert [each.rule for each in found] == ["form-component-type"]


def test_one_file_is_checked_with_what_the_diagrams_beside_it_write(tmp_path, draw, asked):
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "f.json").write_bytes(asked())
    script = '<scriptTask id="s" scriptFormat="feel" camunda:resultVariable="calcolato"><script>1</script></scriptTask>'
    (tmp_path / "altro.bpmn").write_bytes(draw(script))
    (tmp_path / "d.dmn").write_bytes(TABLE)

    assert told(check(tmp_path / "d.dmn", tmp_path / "f")) == [
        (str(tmp_path / "d.dmn"), 2, "d", 23, "unknown-name"),
    ]
