"""Our own process, mutilated at random: always judged, never crashed upon, and what is accepted is really read."""

import random
from pathlib import Path

import pytest
from lxml import etree

from engine.check import Surroundings, check_documents
from engine.spiff.process import parse
from engine.xml import read_xml

PROCESS = Path(__file__).parents[3] / "processes" / "richiesta"
FUNCTIONS = {"working days after", "working days between", "is working day"}
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
TURNS = 12


def mutilated(source, chance):
    root = read_xml(source, "richiesta.bpmn")
    elements = [element for element in root.iter(etree.Element) if element.tag.startswith(BPMN) and element is not root]
    victim, other = chance.choice(elements), chance.choice(elements)
    how = chance.choice(["remove", "forget", "misname", "disguise"])
    if how == "remove":
        victim.getparent().remove(victim)
    elif how == "forget" and victim.attrib:
        del victim.attrib[chance.choice(sorted(victim.attrib))]
    elif how == "misname" and victim.attrib:
        victim.set(chance.choice(sorted(victim.attrib)), other.get("id", "nessuno"))
    elif len(victim) == 0:
        victim.tag = other.tag
    return etree.tostring(root)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_accepted_of_a_mutilated_process_can_be_read(seed):
    chance = random.Random(seed)
    tables = {path.name: path.read_bytes() for path in PROCESS.glob("*.dmn")}
    whole = (PROCESS / "richiesta.bpmn").read_bytes()
    judged = []

    for _ in range(TURNS):
        diagram = {"richiesta.bpmn": mutilated(whole, chance)}
        stops = [
            each for each in check_documents({**tables, **diagram}, Surroundings(functions=FUNCTIONS)) if each.stops
        ]
        judged.append(bool(stops))
        if not stops:
            parse("richiesta", diagram)

    assert any(judged)
    assert not all(judged)
