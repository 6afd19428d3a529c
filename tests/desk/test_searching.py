import json

import pytest
from sqlalchemy import text, update

from desk import EXTENSION, cases, people
from desk.cases import CaseFilter
from desk.model import Case, Comune
from desk.searching import in_order, indexed, searchable, searched
from engine.store import Store
from tests.kit.places import fault
from tests.kit.played import Played
from tests.kit.small_desk import ADMINISTRATOR, MARTA, furnish

FOUND = ["Officina Prova, Nicolò D’Angelo", "DNGNCL80A01H501U", "12345670017", "0125 712345 int. 23"]
FOUND += ["nicolo@esempio.example", "Łukasz Straße", "SI-2026-A001-0001"]


@pytest.mark.parametrize(
    "typed",
    [
        "Nicolo'",
        "NICOLÒ",
        "nicolo`",
        "D`Angelo",
        "d´angelo",
        "D'Angelo",
        "D’ANGELO",
        "dangelo",
        "officina d'angelo",
        "dngncl80a01",
        "12345670017",
        "123 456",
        "0125712345",
        "0125 71 23 45",
        "0125/712345",
        "+39 0125 712345",
        "0039 0125 712345",
        "nicolo@esempio",
        "lukasz",
        "STRASSE",
        "A001-0001",
        "001-0001",
        "2026",
        "Nico\u200blò",
    ],
)
def test_what_the_counter_has_is_found_however_it_is_written(typed):
    stored = indexed(FOUND)

    assert all(word in stored for word in searched(typed)), (typed, searched(typed), stored)


def test_numbers_of_two_values_are_not_taken_for_one():
    assert "7011" not in indexed(["12345670017", "0011 5", "x 70", "11"])


def test_what_is_searched_as_its_file_says_is_found():
    for typed, name in json.loads(fault("testi.json").read_text())["ricerca: cercato -> da trovare"].items():
        assert searchable(typed) == searchable(name)


def test_names_stand_in_the_order_of_italians():
    names = ["Zoe", "Élodie", "Bruno", "d’Angelo", "Marta", "anna", "Ènio"]

    assert sorted(names, key=in_order) == ["anna", "Bruno", "d’Angelo", "Élodie", "Ènio", "Marta", "Zoe"]
    wanted = fault("elenco_nomi.txt").read_text().splitlines()[0].partition(": ")[2].split(", ")
    assert sorted(set(wanted), key=in_order) == wanted


def test_a_case_is_found_by_what_its_process_names(store, now):
    case = Played(
        store, now, answers={"nome": "Nicolò D’Angelo", "titolo": "Attrezzo per la potatura", "telefono": "0125 712345"}
    ).registered()

    with store.snapshot() as uow:
        for typed in ("nicolo'", "D`Angelo", "attrezzo", "0125712345", "0125 71", case.case.number[-9:], "RSSMRA"):
            found = cases.page(uow, MARTA, CaseFilter(text=typed)).items
            assert [each.number for each in found] == ([] if typed == "RSSMRA" else [case.case.number]), typed


def test_cases_and_comuni_from_before_are_found_after_migrating(database_url, now):
    store = Store(database_url, extensions=(EXTENSION,), clock=lambda: now)
    store.migrate()
    furnish(store)
    case = Played(store, now, answers={"nome": "Nicolò D’Angelo", "titolo": "Attrezzo"}).registered().case
    with store.unit_of_work() as uow:
        uow.connection.execute(update(Case).values(search="nicolo d'angelo"))
        uow.connection.execute(update(Comune).values(search="x"))
        uow.connection.execute(text(f"UPDATE {EXTENSION.schema.version_table} SET version_num = '0011'"))
    store.migrate()

    with store.snapshot() as uow:
        for typed in ("D`Angelo", "attrezzo", "burolo"):
            assert [each.number for each in cases.page(uow, MARTA, CaseFilter(text=typed)).items] == [case.number]
    store.close()


def test_people_are_listed_as_italians_sort_them(store):
    with store.unit_of_work() as uow:
        for number, name in enumerate(["Zoe Prova", "Élodie Prova", "anna Prova", "Bruno Prova"]):
            address, secret = f"prova{number}@sportello.example", "una frase lunga di prova 7"
            people.create(uow, people.NewUser(f"prova{number}", address, name, secret, {}), ADMINISTRATOR)
        listed = [user.name for user in people.everyone(uow) if user.username.startswith("prova")]

    assert listed == ["anna Prova", "Bruno Prova", "Élodie Prova", "Zoe Prova"]
