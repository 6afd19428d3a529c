"""Properties that the desk would not understand are told before a diagram is deployed."""

from pathlib import Path

import pytest

from desk import properties
from desk.cases import checking
from engine.properties import by_name

ROOT = Path(__file__).parents[3]
DIAGRAM = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">'
    '<process id="p"><{2} id="t" name="Esempio"><extensionElements><camunda:properties>\n'
    '<camunda:property name="{0}" value="{1}"/></camunda:properties></extensionElements></{2}></process></definitions>'
)


def told(name, value, tag="userTask"):
    found = checking.check({"p.bpmn": DIAGRAM.format(name, value, tag).encode()})
    return [(each.line, each.element, each.kind, each.message) for each in found]


@pytest.mark.parametrize(
    ("name", "value", "kind", "said"),
    [
        ("stato", "in_analsi", "unsupported", "«stato» dice «in_analsi», che non c’è: intendevi «in_analisi»?"),
        ("stato", "annullata", "unsupported", "«stato» dice «annullata», che non c’è."),
        ("tocca-a", "cittadino", "unsupported", "«tocca-a» dice «cittadino», che non c’è."),
        ("assegnabile-da", "Referente, Analisti", "unsupported", "dice «Analisti», che non c’è: intendevi «Analista»?"),
        ("mostra-a", "Analista", "unsupported", "«mostra-a» dice «Analista», che non c’è."),
        ("inoltro", "si", "unsupported", "«inoltro» dice «si», che non c’è."),
        ("toca-a", "richiedente", "advice", "«toca-a», che qui non si legge: intendevi «tocca-a»?"),
        ("agenda.appuntamentto", "x", "advice", "intendevi «agenda.appuntamento»?"),
        ("mostra-al", "richiedente", "advice", "«mostra-al», che qui non si legge: intendevi «mostra-a»?"),
        ("percorso.analisis", "x", "advice", "intendevi «percorso.analisi»?"),
        ("Correlationkey", "x", "advice", "intendevi «correlationKey»?"),
        ("pratica.titolo", "x", "advice", "«pratica.titolo», che qui non ha effetto."),
        ("modulo", "x", "advice", "«modulo», che qui non ha effetto."),
    ],
)
def test_what_the_desk_does_not_know_is_told_in_its_place(name, value, kind, said):
    [(line, element, found, message)] = told(name, value)

    assert (line, element, found) == (2, "t", kind)
    assert message.startswith("Il compito «Esempio»")
    assert message.endswith(said)


@pytest.mark.parametrize(
    ("name", "value"),
    [("stato", "in_analisi"), ("assegnabile-da", "Referente, Coordinatore"), ("pubblico", "Bene."), ("colore", "blu")],
)
def test_what_it_knows_and_what_is_not_its_own_is_left_alone(name, value):
    assert told(name, value) == []


def test_a_message_may_be_sent_by_the_requester_and_by_roles():
    assert told("rivolto-a", "richiedente, Analista", "receiveTask") == []
    assert "intendevi «Analista»?" in told("rivolto-a", "richiedente, Analisti", "receiveTask")[0][-1]


def test_a_stranger_beside_a_property_of_ours_is_probably_meant_for_one():
    diagram = DIAGRAM.format("stato", "in_analisi", "userTask").replace(
        "</camunda:properties>", '<camunda:property name="chi-vede" value="tutti"/></camunda:properties>'
    )

    [found] = checking.check({"p.bpmn": diagram.encode()})

    assert found.message.endswith("ha la proprietà «chi-vede», che qui non si legge.")


def test_the_diagrams_that_the_program_brings_use_each_property_where_it_is_read():
    for drawn in sorted((ROOT / "processes").rglob("*.bpmn")):
        assert list(checking.check({drawn.name: drawn.read_bytes()})) == []


def test_a_name_stands_in_the_registry_once():
    with pytest.raises(ValueError, match="stato"):
        by_name([properties.STATE, properties.STATE])
