from datetime import timedelta

import pytest

from desk.cases import saved_views
from tests.kit.databases import statements
from tests.kit.pages import QUAGLIUZZO, SARA, post
from tests.kit.played_requests import Request

FREE = "/attivita/da-prendere-in-carico"
LATE = {"elenco": "da_prendere", "scadenza": "ritardo"}


def save(client, name="In ritardo", **said):
    return post(client, "/viste/nuova", {**(said or LATE), "nome": name}, page="/viste/")


def kept(store, actor=SARA):
    with store.snapshot() as uow:
        return [(view.place, view.name, dict(view.pieces)) for view in saved_views.of(uow, actor)]


def only(store, actor=SARA):
    with store.snapshot() as uow:
        (view,) = saved_views.of(uow, actor)
    return f"/viste/{view.id}"


def test_what_a_list_is_narrowed_to_can_be_saved_from_it_and_is_a_link_above_it(as_person):
    sara = as_person("sara")
    narrowed = sara.get(f"{FREE}?scadenza=ritardo&ordine=inverso").text
    link = narrowed.split('">Salva questa vista</a>')[0].rsplit('href="', 1)[1].replace("&amp;", "&")

    asked = sara.get(link).text
    answer = save(sara, **LATE, ordine="inverso")
    found = sara.get(answer.location).text

    assert "Scadenza: in ritardo · Ordine: dalla scadenza più lontana" in asked
    assert answer.location == f"{FREE}?scadenza=ritardo&ordine=inverso"
    assert 'aria-current="true">In ritardo</a>' in found
    assert "Salva questa vista" not in found
    assert ">In ritardo</a>" in sara.get(FREE).text
    assert ">In ritardo</a>" not in sara.get("/attivita/").text


def test_a_search_among_the_pratiche_is_saved_with_its_state_and_order(store, now, as_person):
    for day, name in enumerate(("Bruno", "Elsa")):
        Request(store, now + timedelta(day), nome=name).registered()
    marta = as_person("marta")

    answer = save(marta, "Cerco", elenco="pratiche", q="esempio", stato="aperte", ordine="inverso")
    page = marta.get(answer.location).text

    assert answer.location == "/pratiche/?q=esempio&stato=aperte&ordine=inverso"
    assert page.index("Bruno Esempio") < page.index("Elsa Esempio")
    assert 'aria-current="true">Cerco</a>' in page
    assert 'name="ordine" value="inverso"' in page


@pytest.mark.parametrize("address", ["/attivita/", FREE, "/pratiche/", "/attivita/?righe=compatte&quante=50"])
def test_a_whole_list_offers_nothing_to_save(as_person, address):
    assert "Salva questa vista" not in as_person("sara").get(address).text


def test_a_view_keeps_what_its_list_understands_and_nothing_else(store, as_person):
    said = {
        "elenco": "elenco",
        "scadenza": "ritardo",
        "comune": "999999",
        "passo": "<script>",
        "q": "ada",
        "dopo": "x",
        "ritorno": "https://example.com",
        "_scheme": "https",
    }

    answer = save(as_person("sara"), **said)

    assert answer.location == "/attivita/?scadenza=ritardo"
    assert kept(store) == [("elenco", "In ritardo", {"scadenza": "ritardo"})]


@pytest.mark.parametrize("said", [{"elenco": "elenco", "scadenza": "mai"}, {"elenco": "fatte", "scadenza": "ritardo"}])
def test_what_narrows_nothing_is_not_saved_and_the_list_says_why(store, as_person, said):
    sara = as_person("sara")

    for ask in (lambda: save(sara, **said), lambda: sara.get("/viste/nuova", query_string=said)):
        answer = ask()
        assert answer.status_code == 302
        assert "Non c’è niente da salvare" in sara.get(answer.location).text

    assert kept(store) == []


@pytest.mark.parametrize("elenco", ["di_tutti", "https://example.com", ""])
def test_a_list_that_one_does_not_read_has_no_views(as_person, elenco):
    sara = as_person("sara")

    assert save(sara, elenco=elenco, scadenza="ritardo").status_code == 404
    assert sara.get(f"/viste/nuova?elenco={elenco}&scadenza=ritardo").status_code == 404


@pytest.mark.parametrize(
    ("name", "words"), [("", "Il nome non va bene"), ("x" * 61, "al massimo 60 caratteri"), ("IN ritardo", "Hai già")]
)
def test_a_name_that_will_not_do_is_told_at_its_field_and_kept(store, as_person, name, words):
    sara = as_person("sara")
    save(sara)

    answer = save(sara, name, elenco="da_prendere", scadenza="domani")

    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{name}"' in answer.text
    assert 'name="scadenza" value="domani"' in answer.text
    assert len(kept(store)) == 1


def test_the_same_view_sent_twice_is_saved_once(store, as_person):
    sara = as_person("sara")

    first, second = save(sara), save(sara)

    assert first.location == second.location
    assert len(kept(store)) == 1


def test_after_twenty_views_one_must_go_first(store, as_person):
    with store.unit_of_work() as uow:
        for number in range(saved_views.MOST):
            saved_views.save(uow, SARA, "elenco", f"Vista {number}", {"scadenza": "ritardo"})

    answer = save(as_person("sara"))

    assert answer.status_code == 422
    assert "Hai già 20 viste salvate" in answer.text


def test_views_survive_signing_out_and_nobody_else_sees_them(app, as_person):
    sara = as_person("sara")
    save(sara)
    post(sara, "/esci", page="/viste/")

    assert ">In ritardo</a>" in as_person("sara").get(FREE).text
    assert "In ritardo</a>" not in as_person("paolo").get(FREE).text + as_person("paolo").get("/viste/").text


def test_a_view_is_renamed_where_all_of_them_stand(store, as_person):
    sara = as_person("sara")
    save(sara)
    address = only(store)

    assert 'value="In ritardo"' in sara.get(address).text
    wrong = post(sara, address, {"nome": " "}, page=address)
    answer = post(sara, address, {"nome": "Da <sollecitare>"}, page=address)

    assert wrong.status_code == 422
    assert answer.location == "/viste/"
    assert "Da &lt;sollecitare&gt;</a>" in sara.get("/viste/").text


def test_a_view_is_removed_once_it_is_confirmed_and_twice_does_no_harm(store, as_person):
    sara = as_person("sara")
    save(sara)
    address = f"{only(store)}/togli"

    asked = sara.get(address).text
    first = sara.get(post(sara, address, page=address).location).text
    second = sara.get(post(sara, address, page="/profilo").location).text

    assert "non compare più sopra l’elenco «Da prendere in carico»" in asked
    assert "Vista «In ritardo» tolta" in first
    assert "Non hai viste salvate" in first
    assert "Questa vista non c’era già più" in second


def test_nobody_reaches_the_view_of_another(store, as_person):
    save(as_person("sara"))
    address, paolo = only(store), as_person("paolo")

    assert paolo.get(address).status_code == 404
    assert post(paolo, address, {"nome": "Mia"}, page="/viste/").status_code == 404
    post(paolo, f"{address}/togli", page="/viste/")

    assert kept(store) == [("da_prendere", "In ritardo", {"scadenza": "ritardo"})]


def test_nothing_is_saved_without_the_token_of_a_page(store, as_person):
    answer = as_person("sara").post("/viste/nuova", data={**LATE, "nome": "Mia"})

    assert answer.status_code >= 400
    assert kept(store) == []


def test_a_view_of_a_list_of_another_role_is_named_without_a_link(as_person):
    paolo = as_person("paolo", "Coordinatore")
    save(paolo, "Fermi", elenco="di_tutti", comune=QUAGLIUZZO)
    as_coordinator = paolo.get("/viste/").text
    post(paolo, "/profilo/ruolo", {"ruolo": "Analista"}, page="/profilo")

    page = paolo.get("/viste/").text

    assert f'href="/attivita/di-tutti?comune={QUAGLIUZZO}">Fermi</a>' in as_coordinator
    assert "Comune: Quagliuzzo" in page
    assert "si apre quando lavori in un altro ruolo" in page
    assert ">Fermi</a>" not in page


@pytest.mark.parametrize("address", [FREE, "/pratiche/", "/viste/"])
def test_a_page_costs_the_same_however_many_views_there_are(store, as_person, address):
    sara = as_person("sara")
    few = cost(store, sara, address)
    with store.unit_of_work() as uow:
        for number in range(10):
            saved_views.save(uow, SARA, "da_prendere", f"Vista {number}", {"scadenza": "ritardo"})
            saved_views.save(uow, SARA, "pratiche", f"Vista {number}", {"q": "ada"})

    assert cost(store, sara, address) == few


def cost(store, client, address):
    client.get(address)
    with statements(store) as sent:
        client.get(address)
    return len(sent)


@pytest.mark.parametrize(
    ("address", "first", "last", "verse"),
    [
        ("/attivita/", "vicina", "lontana", "ascending"),
        ("/attivita/fatte", "recente", "recente", "descending"),
        ("/pratiche/", "recente", "recente", "descending"),
    ],
)
def test_an_order_is_turned_round_by_the_head_of_its_column(store, now, as_person, address, first, last, verse):  # noqa: PLR0913, PLR0917
    marta = as_person("marta")
    for name in ("Bruno", "Elsa"):
        Request(store, now, nome=name).registered()
        now += timedelta(days=1)

    usual, turned = marta.get(address).text, marta.get(f"{address}?ordine=inverso").text

    assert f'aria-sort="{verse}"><a href="{address}?ordine=inverso"' in usual
    assert f'<a href="{address}"' in turned
    assert first in usual
    assert last in turned
    assert (usual.index("Bruno") < usual.index("Elsa")) is not (turned.index("Bruno") < turned.index("Elsa"))


def test_the_pages_of_a_list_turned_round_follow_each_other(store, now, as_person):
    for number in range(27):
        Request(store, now + timedelta(minutes=number), nome=f"Ada {number:02}").registered()
    marta = as_person("marta")

    first = marta.get("/pratiche/?ordine=inverso").text
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = marta.get(following).text

    assert "Ada 00 " in first
    assert "Ada 26 " not in first
    assert "Ada 26 " in second
