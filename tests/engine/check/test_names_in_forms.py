"""Names that no expression of a form can see, told in their place: the case's variables, its keys, those of its rows."""

import pytest


def row(**parts):
    field = {"id": "x", "type": "textfield", "key": "x", "label": "X", **parts}
    return {"id": "l", "type": "dynamiclist", "path": "altre", "label": "Altre", "components": [field]}


FIELD = {"id": "c", "type": "textfield", "key": "c", "label": "C"}
WRONG_FORMS = {
    "condition": ({**FIELD, "conditional": {"hide": "=importto = 3"}}, 2),
    "condition without a sign": ({**FIELD, "conditional": {"hide": "  importto = 3"}}, 3),
    "read-only": ({**FIELD, "readonly": "=importto = 3"}, 2),
    "label": ({**FIELD, "label": "Per {{ nomme }}"}, 8),
    "description": ({**FIELD, "description": "=nomme"}, 2),
    "first value": ({**FIELD, "properties": {"valore-iniziale": "=nomme"}}, 2),
    "limit": ({**FIELD, "validate": {"maxLength": "=importto"}}, 2),
    "adorner": ({**FIELD, "appearance": {"prefixAdorner": "{{nomme}}"}}, 3),
    "date label": ({"id": "c", "type": "datetime", "key": "c", "subtype": "date", "dateLabel": "{{nomme}}"}, 3),
    "text": ({"id": "c", "type": "text", "text": "Ciao {{nome}}\n{{nomme}}"}, 3),
    "image": ({"id": "c", "type": "image", "source": "=nomme", "alt": "x"}, 2),
    "options": ({"id": "c", "type": "select", "key": "c", "label": "C", "valuesExpression": "=rige"}, 2),
    "options' key": ({"id": "c", "type": "select", "key": "c", "label": "C", "valuesKey": "rige.tipi"}, 1),
    "who started the case": ({**FIELD, "label": "{{initiator}}"}, 3),
    "row key outside its list": ({**FIELD, "conditional": {"hide": "=voce = 1"}}, 2),
    "row": (row(conditional={"hide": "=this.x = parent.nome and i[1] = vocce"}), 34),
    "first rows": ({**row(), "properties": {"righe-iniziali": "=for r in rige return {x: r}"}}, 11),
    "row key in first values": (row(properties={"valore-iniziale": "=x"}), 2),
}
SOUND_FORMS = {
    "own keys and the case's": {**FIELD, "conditional": {"hide": "=c = nome or completed_by.t = null or data-arrivo"}},
    "rows": row(
        label="{{x}} {{this.x}} {{parent.nome}} {{nome}} {{i[1]}} {{parent.altre[1].x}}",
        conditional={"hide": "=count(altre[x = this.x]) > 1"},
    ),
    "rows in rows": {
        **row(),
        "components": [{**row(), "id": "m", "path": "sotto"}, {**FIELD, "key": "y", "label": "{{count(sotto)}}"}],
    },
    "first rows": {**row(), "properties": {"righe-iniziali": "=for r in righe[voce != null] return {x: r.voce}"}},
    "options' key": {"id": "c", "type": "select", "key": "c", "label": "C", "valuesKey": "righe"},
    "desk functions": {**FIELD, "properties": {"valore-iniziale": "=working days between(now(), now())"}},
    "a sign within braces": {**FIELD, "label": "{{=nome}}"},
}


@pytest.mark.parametrize(("component", "column"), WRONG_FORMS.values(), ids=WRONG_FORMS.keys())
def test_a_name_that_a_form_does_not_see_is_told_in_its_place(deployed, asked, component, column):
    found = deployed(more=[component])

    assert [(each.rule, each.file, each.column, each.stops) for each in found] == [
        ("unknown-name", "forms/f.json", column, False)
    ]
    line = asked(component).decode().splitlines()[found[0].line - 1]
    assert any(name in line for name in ("importto", "nomme", "rige", "voce", "vocce", "=x", "initiator"))


@pytest.mark.parametrize("component", SOUND_FORMS.values(), ids=SOUND_FORMS.keys())
def test_nothing_is_told_of_names_that_a_form_sees(deployed, component):
    assert deployed(more=[component], functions=["working days between"]) == []


def test_a_form_whose_function_nobody_knows_is_refused(deployed):
    (found,) = deployed(more=[SOUND_FORMS["desk functions"]])

    assert (found.rule, found.stops, found.column) == ("form-feel", True, 28)


CHOICE = {
    "id": "s", "type": "radio", "key": "strada", "label": "Strada",
    "values": [{"label": "Uno", "value": "uno"}, {"label": "Due", "value": "due"}],
}  # fmt: skip
ASKS = '<userTask id="t" name="T" camunda:formKey="f" camunda:priority="=if strada = &quot;tre&quot; then 1 else 2"/>'


def slips(found):
    return [(each.file, each.element, each.column) for each in found if each.rule == "slip"]


def test_a_text_that_no_field_lets_choose_is_told_in_diagrams_and_forms(deployed):
    hidden = {**FIELD, "conditional": {"hide": '=strada = "dve" or strada in ("uno", "due")'}}

    assert slips(deployed(ASKS, more=[CHOICE, hidden])) == [("forms/f.json", "c", 11), ("p.bpmn", "t", 14)]


@pytest.mark.parametrize("writer", ["diagram", "free field", "row"])
def test_nothing_is_told_where_something_else_may_give_the_text(deployed, writer):
    more, body = [CHOICE], ASKS
    if writer == "diagram":
        body = ASKS.replace(
            "<userTask",
            '<scriptTask id="u" scriptFormat="feel" camunda:resultVariable="strada"><script>1</script></scriptTask><userTask',
        )
    elif writer == "free field":
        more.append({**FIELD, "key": "strada"})
    else:
        more, body = [row(key="strada", conditional={"hide": '=strada = "tre"'}), CHOICE], ASKS.replace("tre", "due")

    assert slips(deployed(body, more=more)) == []
