"""Every route × every kind of visitor: what it answers. A route without a row here fails.

The rows speak of one forwarded case of Burolo, claimed by Sara. 302 leads to sign-in (or, for the requester's own
pages, to the door that asks for number and code); 404 is the answer for whatever one may not see, existing or not.
"""

import pytest
from sqlalchemy import delete

from desk.access import Role
from desk.cases import saved_views
from desk.model import Conflict
from engine import messages, tasks
from tests.kit.pages import MARTA, PASSWORD, SARA, post
from tests.kit.sealed_envelope import sealed
from tests.kit.uploads import attached
from tests.kit.walked import Walked

VISITORS = {
    "anonymous": None,
    "referente": ("marta", None),
    "referente elsewhere": ("lia", None),
    "analyst": ("sara", None),
    "coordinator": ("paolo", Role.COORDINATORE),
    "programme office": ("olga", None),
    "designer": ("dario", None),
    "administrator": ("ivo", None),
}
ALL = [200] * 8
SIGNED_IN = [302] + [200] * 7
#: anonymous, referente, referente elsewhere, analyst, coordinator, programme office, designer, administrator
TABLE = {
    ("GET", "home.page"): ALL,
    ("GET", "towns.page"): ALL,
    ("GET", "towns.every"): ALL,
    ("GET", "legal.faq"): ALL,
    ("GET", "legal.help_page"): ALL,
    ("GET", "legal.privacy"): ALL,
    ("GET", "legal.notes"): ALL,
    ("GET", "legal.accessibility"): ALL,
    ("GET", "legal.joining"): ALL,
    ("GET", "health.check"): ALL,
    ("GET", "static"): ALL,
    ("GET", "sign_in.form"): [200] + [302] * 7,
    ("POST", "sign_in.enter"): [302] * 8,
    ("POST", "sign_in.leave"): [302] * 8,
    ("GET", "follow.form"): ALL,
    ("POST", "follow.enter"): [422] * 8,
    ("GET", "follow.page"): [302] * 8,
    ("POST", "follow.leave"): [302] * 8,
    ("GET", "requester_answers.page"): [302] * 8,
    ("POST", "requester_answers.send"): [401] * 8,
    ("GET", "requester_link.form"): ALL,
    ("POST", "requester_link.ask"): [302] * 8,
    ("GET", "requester_link.page"): ALL,
    ("POST", "requester_link.enter"): [422] * 8,
    ("GET", "requester_data.page"): [302] * 8,
    ("GET", "requester_data.as_json"): [302] * 8,
    ("GET", "requester_data.as_pdf"): [302] * 8,
    ("GET", "requester_documents.form"): [302] * 8,
    ("POST", "requester_documents.add"): [401] * 8,
    ("GET", "requester_documents.download"): [302] * 8,
    ("GET", "requester_documents.ask_to_remove"): [302] * 8,
    ("POST", "requester_documents.remove"): [401] * 8,
    ("GET", "requester_documents.paper"): [302] * 8,
    ("GET", "requester_envelope.page"): [302] * 8,
    ("POST", "requester_envelope.deposit_text"): [401] * 8,
    ("POST", "requester_envelope.deposit_file"): [401] * 8,
    ("POST", "requester_envelope.speak_only"): [401] * 8,
    ("GET", "requester_envelope_choices.ask"): [302] * 8,
    ("POST", "requester_envelope_choices.do"): [401] * 8,
    ("GET", "requester_report.form"): [302] * 8,
    ("POST", "requester_report.send"): [401] * 8,
    ("GET", "requester_meeting.calendar"): [302] * 8,
    ("GET", "requester_rating.page"): [302] * 8,
    ("POST", "requester_rating.send"): [401] * 8,
    ("GET", "profile.page"): SIGNED_IN,
    ("GET", "profile.shortcuts"): SIGNED_IN,
    ("POST", "profile.change_role"): [401] + [404] * 7,
    ("POST", "profile.prefer"): [401] + [302] * 7,
    ("POST", "profile.change_password"): [401] + [422] * 7,
    ("GET", "attivita.elenco"): SIGNED_IN,
    ("GET", "attivita.da_prendere"): SIGNED_IN,
    ("GET", "attivita.in_attesa"): SIGNED_IN,
    ("GET", "attivita.fatte"): SIGNED_IN,
    ("GET", "attivita.di_tutti"): [302, 404, 404, 404, 200, 404, 404, 404],
    ("POST", "attivita.scelte"): [401] + [302] * 7,
    ("GET", "attivita.pagina"): [302, 404, 404, 200, 200, 404, 404, 404],
    ("POST", "attivita.rispondi"): [401, 404, 404, 422, 404, 404, 404, 404],
    ("POST", "attivita.bozza"): [401, 404, 404, 200, 404, 404, 404, 404],
    ("POST", "attivita.prendi"): [401, 404, 404, 302, 404, 404, 404, 404],
    ("POST", "attivita.rilascia"): [401, 404, 404, 302, 404, 404, 404, 404],
    ("POST", "attivita.assegna"): [401, 404, 404, 302, 302, 404, 404, 404],
    ("GET", "attivita.esito"): [302, 404, 404, 302, 302, 404, 404, 404],
    ("GET", "viste.elenco"): SIGNED_IN,
    ("GET", "viste.nuova"): [302] + [404] * 7,
    ("POST", "viste.salva"): [401] + [302] * 7,
    ("GET", "viste.nome"): [302, 404, 404, 200, 404, 404, 404, 404],
    ("POST", "viste.rinomina"): [401, 404, 404, 302, 404, 404, 404, 404],
    ("GET", "viste.conferma"): [302, 404, 404, 200, 404, 404, 404, 404],
    ("POST", "viste.togli"): [401] + [302] * 7,
    ("GET", "conservazione.pagina"): [302, 404, 404, 404, 404, 200, 404, 200],
    ("GET", "conservazione.anteprima"): [302, 404, 404, 404, 404, 200, 404, 200],
    ("POST", "conservazione.cancella"): [401, 404, 404, 404, 404, 302, 404, 302],
    ("POST", "conservazione.termini"): [401, 404, 404, 404, 404, 422, 404, 422],
    ("POST", "conservazione.blocca"): [401, 404, 404, 404, 404, 422, 404, 422],
    ("POST", "conservazione.togli"): [401, 404, 404, 404, 404, 302, 404, 302],
    ("GET", "nuova_richiesta.form"): [302, 200, 200, 404, 404, 404, 404, 404],
    ("POST", "nuova_richiesta.open_request"): [401, 302, 404, 404, 404, 404, 404, 404],
    ("GET", "ufficio.scelta"): [302, 302, 302, 404, 404, 200, 404, 200],
    ("GET", "ufficio.orari"): [302, 200, 404, 404, 404, 200, 404, 200],
    ("POST", "ufficio.scrivi_orari"): [401, 409, 404, 404, 404, 409, 404, 409],
    ("GET", "ufficio.giorni"): [302, 200, 404, 404, 404, 200, 404, 200],
    ("POST", "ufficio.chiudi"): [401, 422, 404, 404, 404, 422, 404, 422],
    ("POST", "ufficio.apri"): [401, 422, 404, 404, 404, 422, 404, 422],
    ("POST", "ufficio.togli"): [401] + [404] * 7,
    ("GET", "ufficio.sede"): [302, 200, 404, 404, 404, 200, 404, 200],
    ("POST", "ufficio.scrivi_sede"): [401, 409, 404, 404, 404, 409, 404, 409],
    ("GET", "ufficio.elenco_referenti"): [302, 200, 404, 404, 404, 200, 404, 200],
    ("GET", "ufficio.incarico"): [302, 404, 404, 404, 404, 200, 404, 200],
    ("POST", "ufficio.registra_incarico"): [401, 404, 404, 404, 404, 422, 404, 422],
    ("GET", "pratiche.elenco"): [302, 200, 200, 200, 200, 404, 404, 404],
    ("GET", "pratiche.riepilogo"): [302, 200, 404, 200, 200, 404, 404, 404],
    ("GET", "pratiche.attivita"): [302, 200, 404, 200, 200, 404, 404, 404],
    ("GET", "pratiche.cronologia"): [302, 200, 404, 200, 200, 404, 404, 404],
    ("GET", "pratiche.diagramma"): [302, 200, 404, 200, 200, 404, 404, 404],
    ("GET", "pratiche.diagramma_dati"): [302, 200, 404, 200, 200, 404, 404, 404],
    ("GET", "pratiche.azione"): [302, 200, 404, 404, 404, 404, 404, 404],
    ("POST", "pratiche.manda"): [401, 422, 404, 404, 404, 404, 404, 404],
    ("GET", "agenda.pagina"): [302, 200, 200, 200, 200, 404, 404, 404],
    ("GET", "agenda.disponibilita"): [302, 404, 404, 200, 200, 404, 404, 404],
    ("POST", "agenda.salva_orari"): [401, 404, 404, 302, 302, 404, 404, 404],
    ("POST", "agenda.aggiungi_assenza"): [401, 404, 404, 422, 422, 404, 404, 404],
    ("POST", "agenda.togli_assenza"): [401] + [404] * 7,
    ("GET", "agenda.giornate"): [302, 404, 404, 200, 200, 404, 404, 404],
    ("POST", "agenda.aggiungi_giornata"): [401, 404, 404, 422, 422, 404, 404, 404],
    ("GET", "agenda.conferma_giornata"): [302] + [404] * 7,
    ("POST", "agenda.togli_giornata"): [401] + [404] * 7,
    ("GET", "agenda.sala"): [302, 200, 200, 404, 404, 404, 404, 404],
    ("POST", "agenda.occupa_sala"): [401, 422, 422, 404, 404, 404, 404, 404],
    ("POST", "agenda.libera_sala"): [401] + [404] * 7,
    ("GET", "agenda.calendario"): [302] + [404] * 7,
    ("GET", "agenda.sfondo"): [302, 200, 404, 200, 200, 404, 404, 404],
    ("GET", "documenti.elenco"): [302, 200, 404, 200, 200, 404, 404, 404],
    ("POST", "documenti.aggiungi"): [401, 422, 404, 422, 422, 404, 404, 404],
    ("GET", "documenti.scarica"): [302, 200, 404, 200, 200, 404, 404, 404],
    ("GET", "documenti.conferma"): [302, 200, 404, 200, 200, 404, 404, 404],
    ("POST", "documenti.togli"): [401, 302, 404, 302, 302, 404, 404, 404],
    ("GET", "busta.page"): [302, 200, 404, 200, 200, 404, 404, 404],
    ("POST", "busta.open_envelope"): [401, 403, 404, 200, 403, 404, 404, 404],
    ("POST", "busta.download"): [401, 403, 404, 200, 403, 404, 404, 404],
    ("GET", "busta.agreement"): [302, 200, 404, 404, 200, 404, 404, 404],
    ("POST", "busta.record"): [401, 422, 404, 404, 422, 404, 404, 404],
    ("GET", "busta.waiver"): [302, 200, 404, 404, 200, 404, 404, 404],
    ("POST", "busta.waive"): [401, 302, 404, 404, 302, 404, 404, 404],
    ("GET", "busta.revocation"): [302, 200, 404, 404, 200, 404, 404, 404],
    ("POST", "busta.revoke"): [401, 302, 404, 404, 302, 404, 404, 404],
    ("GET", "busta.deposit_form"): [302, 200, 404, 404, 404, 404, 404, 404],
    ("POST", "busta.deposit"): [401, 422, 404, 404, 404, 404, 404, 404],
    ("POST", "busta.speak_only"): [401, 302, 404, 404, 404, 404, 404, 404],
    ("GET", "busta.conflict"): [302, 200, 404, 200, 200, 404, 404, 404],
    ("POST", "busta.declare"): [401, 302, 404, 302, 302, 404, 404, 404],
    ("POST", "busta.lift"): [401, 404, 404, 404, 302, 404, 404, 404],
    ("GET", "incidenti.elenco"): [302] + [404] * 6 + [200],
    ("POST", "incidenti.riprova_posta"): [401] + [404] * 6 + [302],
    ("POST", "incidenti.ritira_posta"): [401] + [404] * 6 + [302],
    ("POST", "incidenti.riprova_passi"): [401] + [404] * 6 + [302],
    ("GET", "posta.elenco"): [404] * 8,
    ("GET", "posta.pagina"): [404] * 8,
    ("GET", "posta.corpo"): [404] * 8,
    ("GET", "posta.allegato"): [404] * 8,
    ("GET", "receipt.page"): [302, 200, 404, 200, 200, 404, 404, 404],
    ("GET", "receipt.confirm"): [302, 200, 404, 404, 404, 404, 404, 404],
    ("POST", "receipt.issue"): [401, 302, 404, 404, 404, 404, 404, 404],
    ("GET", "letters.listing"): [302, 200, 404, 200, 200, 404, 404, 404],
    ("GET", "letters.letter"): [302, 200, 404, 200, 200, 404, 404, 404],
    ("GET", "letters.receipt"): [302, 200, 404, 200, 200, 404, 404, 404],
    ("POST", "letters.receipt_with_secret"): [401, 302, 404, 404, 404, 404, 404, 404],
}


@pytest.fixture
def place(app, store, clock):
    """Fill the addresses with the case's own numbers."""
    walked = Walked(store, clock).forwarded()
    with store.unit_of_work() as uow:
        task = next(each for each in tasks.of_case(uow, walked.case.id) if each.state == "created")
        tasks.claim(uow, task.id, SARA)
        view = saved_views.save(uow, SARA, "elenco", "In ritardo", {"scadenza": "ritardo"})
        subscription = messages.waiting(uow, walked.case.id)[0].id
    return {
        "numero": walked.case.number,
        "attivita": task.id,
        "sottoscrizione": subscription,
        "subscription_id": subscription,
        "istat": "001042",
        "special_day_id": 0,
        "username": "marta",
        "token": "none",
        "document_id": "none",
        "scelta": "revoca",
        "nome": "ricevuta",
        "filename": "dist/site.css",
        "messaggio": "nessuno",
        "posto": 0,
        "blocco": 0,
        "assenza": "none",
        "giornata": "none",
        "uso": "none",
        "vista": view.id,
        "documento": attached(app, store, walked.case.id, MARTA).id,
        **sealed(store, walked.case.id),
    }


def address(app, endpoint, place):
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
        return adapter.build(endpoint, {name: place[name] for name in rule.arguments})


def test_every_route_has_its_row(app):
    routes = {
        (method, rule.endpoint) for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    assert routes == set(TABLE)


FIELDS = {
    "sign_in.enter": {"utente": "sara", "password": PASSWORD},
    "attivita.assegna": {"a": "paolo"},
    "nuova_richiesta.open_request": {"comune": "001042"},
    "agenda.salva_orari": {"analista": "sara"},
    "viste.salva": {"elenco": "elenco", "nome": "Per domani", "scadenza": "domani"},
    "viste.rinomina": {"nome": "Tardi"},
    "busta.open_envelope": {"motivo": "prima_analisi"},
    "busta.download": {"motivo": "prima_analisi"},
}


@pytest.fixture(params=VISITORS)
def visitor(request):
    return request.param


@pytest.fixture
def fresh_browser(app, as_person, visitor):
    """Give fresh browsers of one visitor, who has signed in once: no route meets what another left behind."""
    who = VISITORS[visitor]
    session = as_person(*who).get_cookie("sportello") if who else None

    def opened():
        client = app.test_client()
        if session:
            client.set_cookie("sportello", session.value)
        return client

    return opened


def test_each_visitor_reaches_what_the_table_says(app, store, place, fresh_browser, visitor):
    column = list(VISITORS).index(visitor)
    expected = {key: row[column] for key, row in TABLE.items()}

    found = {}
    for method, endpoint in TABLE:
        with store.unit_of_work() as uow:  # every route meets the same case: claimed by Sara
            _give_back(uow, place["attivita"])
        client, where = fresh_browser(), address(app, endpoint, place)
        answer = client.get(where) if method == "GET" else post(client, where, FIELDS.get(endpoint))
        found[method, endpoint] = answer.status_code
        answer.close()

    assert found == expected


def _give_back(uow, task_id):
    """Put the task in Sara's hands again, whatever the route before did."""
    uow.session.execute(delete(Conflict))
    task = next(each for each in tasks.of_case(uow, tasks.get(uow, task_id, SARA).case_id) if each.id == task_id)
    if task.assignee is None:
        tasks.claim(uow, task_id, SARA)
    elif task.assignee != SARA.user:
        tasks.assign(uow, task_id, type(MARTA)(task.assignee, {Role.ANALISTA}, {"*"}), SARA.user)
