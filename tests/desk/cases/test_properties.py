"""Properties that the desk would not understand are told before a diagram is deployed."""

import re
from pathlib import Path

import pytest

from desk.cases import properties

ROOT = Path(__file__).parents[3]
DIAGRAM = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">'
    '<process id="p"><userTask id="t" name="Esempio"><extensionElements><camunda:properties>\n'
    '<camunda:property name="{}" value="{}"/></camunda:properties></extensionElements></userTask></process></definitions>'
)


def told(name, value):
    found = properties.check({"p.bpmn": DIAGRAM.format(name, value).encode()})
    return [(each.line, each.element, each.kind, each.message) for each in found]


@pytest.mark.parametrize(
    ("name", "value", "kind", "said"),
    [
        ("stato", "in_analsi", "unsupported", "«stato» dice «in_analsi», che non c’è: intendevi «in_analisi»?"),
        ("stato", "annullata", "unsupported", "«stato» dice «annullata», che non c’è."),
        ("tocca-a", "cittadino", "unsupported", "«tocca-a» dice «cittadino», che non c’è."),
        ("rivolto-a", "richiedente, Analisti", "unsupported", "dice «Analisti», che non c’è: intendevi «Analista»?"),
        ("inoltro", "si", "unsupported", "«inoltro» dice «si», che non c’è."),
        ("toca-a", "richiedente", "advice", "«toca-a», che qui non si legge: intendevi «tocca-a»?"),
        ("agenda.appuntamentto", "x", "advice", "intendevi «agenda.appuntamento»?"),
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


def test_every_property_that_the_program_brings_or_the_guide_names_is_known():
    drawn = (ROOT / "processes/richiesta/richiesta.bpmn").read_bytes()
    guide = (ROOT / "docs/progettista.md").read_text()
    parts = [re.split(r"\n## ", guide)[at] for at in range(guide.count("\n## ") + 1)]
    chosen = [part for part in parts if re.match("Che cosa legge|Messaggi dalle|Messaggi per e-mail|L’agenda", part)]
    listed = {
        name
        for part in chosen
        for row in re.findall(r"^\| (`.+?) \|", part, re.MULTILINE)
        for name in re.findall("`(.+?)`", row)
    }

    assert list(properties.check({"p.bpmn": drawn})) == []
    assert len(listed) > 15
    assert listed <= properties.NAMES
