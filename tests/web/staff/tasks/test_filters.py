"""The Comuni that a work list can be narrowed to: a few are named, of many one looks for a name, without a script."""

from desk import comuni
from tests.kit.pages import ADMINISTRATOR, BUROLO
from tests.kit.played_requests import Request

ALL = "/attivita/"


def _many_desks(store):
    with store.unit_of_work() as uow:
        for comune in comuni.find(uow, "san", 200):
            comuni.join(uow, comune.istat, comuni.Office(), ADMINISTRATOR)


def test_of_many_comuni_the_one_to_narrow_to_is_looked_for_by_its_name(store, now, as_person):
    Request(store, now).claimed()
    _many_desks(store)
    sara = as_person("sara")

    whole = sara.get(ALL).text
    found = sara.get(f"{ALL}?passo=analizza&quante=50&cerca=burolo").text

    assert whole.count("?comune=") == 0
    assert 'name="cerca"' in whole
    assert '<details class="aggiungi" data-filtri data-menu open>' in found
    assert '<input type="hidden" name="quante" value="50">' in found
    assert f'href="{ALL}?comune={BUROLO}&amp;passo=analizza&amp;quante=50">Burolo</a>' in found
    narrowed = sara.get(f"{ALL}?comune={BUROLO}").text
    assert "Comune: Burolo" in narrowed
    assert 'name="cerca"' not in narrowed


def test_a_search_for_a_comune_shows_no_more_than_can_be_read_and_says_so(store, as_person):
    _many_desks(store)
    sara = as_person("sara")

    many, none = (sara.get(f"{ALL}?cerca={text}").text for text in ("san", "%3Cnessuno%3E"))

    assert many.count("?comune=") == 12
    assert "Ce ne sono altri: scrivi di più del nome." in many
    assert "Nessun Comune per «&lt;nessuno&gt;»." in none


def test_a_referente_looks_among_their_own_comuni_alone(store, as_person):
    _many_desks(store)

    page = as_person("marta").get(f"{ALL}?cerca=san").text

    assert "?comune=" not in page
    assert "Nessun Comune per «san»." in page
