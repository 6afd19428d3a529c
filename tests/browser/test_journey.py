"""A request from the counter to the recorded outcome, as three people and the requester, in Chromium."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from desk.calendar import ROME

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WHO = {
    "canale": "sportello",
    "tipo_richiedente": "persona_fisica",
    "nome": "Vera",
    "cognome": "Prova",
    "data_nascita": "12/05/1984",
    "comune_residenza": "Burolo",
    "telefono": "0125 000 000",
    "contatto_preferito": "telefono",
    "identita": "documento",
}
WHAT = {
    "argomento": "proteggere",
    "stadio": "prototipo",
    "titolo": "Attrezzo per l’orto",
    "obiettivo": "Capire come tutelarla",
    "settore": "agricoltura",
    "urgenza_motivo": "nessuno",
}
SHOWN = {"gia_divulgata": "no", "ha_domande": "no"}
CONSENTS = {
    "presa_visione_interessi": True,
    "consenso_informativa": True,
    "consenso_inoltro": True,
    "dichiarazione_veritiera": True,
    "busta_preferenza": "voce",
}


def register(marta):
    """Fill the four steps and the summary; give the number of the request."""
    marta.go("/nuova-richiesta/")
    if marta.page.url.endswith("/nuova-richiesta/"):
        marta.picture("nuova-richiesta").press("Apri la richiesta")
    marta.picture("registra-1").press("Avanti")
    expect(marta.page.locator("[role=alert], .riepilogo-errori, .errori").first).to_be_visible()
    marta.picture("registra-1-errori").fill(**WHO).press("Avanti")
    marta.fill(**WHAT).picture("registra-2").press("Avanti")
    marta.fill(**SHOWN).press("Avanti")
    marta.fill(**CONSENTS).press("Avanti")
    expect(marta.page.get_by_text("Attrezzo per l’orto").first).to_be_visible()
    marta.picture("registra-riepilogo").press("Registra la richiesta")
    marta.picture("registrata")
    return re.search(r"SI-\d{4}-B279-\d{4}", marta.page.content())[0]


def secret_of(marta, number):
    """Print the receipt and read the tear-off slip, as the requester will."""
    marta.go(f"/pratiche/{number}/ricevuta").press("Stampa con il codice segreto").picture("ricevuta")
    return marta.page.locator(".segreto").inner_text()


def open_task(someone, number, name):
    """Open a step of this request, taking it in charge where it is nobody's."""
    someone.go(f"/pratiche/{number}/attivita")
    someone.page.get_by_role("link", name=name, exact=True).first.click()
    someone.page.wait_for_load_state()
    claim = someone.page.get_by_role("button", name="Prendi in carico", exact=True)
    if claim.count():
        claim.first.click()
        someone.page.wait_for_load_state()
    return someone


def weekday(days):
    """A day of the week some days from now."""
    day = datetime.now(ROME).date() + timedelta(days)
    return day + timedelta(max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def propose(sara):
    for place, day in enumerate((weekday(10), weekday(11)), start=1):
        sara.fill_moment(f"proposta_{place}", f"{day:%d/%m/%Y}", "9:30")


def test_a_request_goes_from_the_counter_to_its_outcome(person):
    marta, sara, vera = person().sign_in("marta"), person().sign_in("sara"), person(390)

    number = register(marta)
    secret = secret_of(marta, number)
    open_task(marta, number, "Verifica e inoltra a Novain").picture("verifica")
    marta.fill(verifica_esito="inoltra", titolo_controllato=True, ricevuta="stampata").press("Completa la verifica")

    open_task(sara, number, "Prima analisi").picture("prima-analisi")
    sara.fill(urgenza_decisa="conferma", **{"esigenze-0-argomento": "proteggere", "esigenze-0-esito": "da_definire"})
    sara.fill(decisione="convoca", dichiarazione_conflitto_interessi=True).press("Completa l’analisi")
    open_task(sara, number, "Proponi la convocazione")
    propose(sara)
    sara.fill(durata="45", modalita="in_comune", sede="Municipio, sala al piano terra", sede_accessibile="si")
    sara.picture("proponi").press("Manda l’invito")

    vera.go("/segui").picture("segui").fill(numero=number, codice=secret).press("Vedi la richiesta")
    expect(vera.page.get_by_text("Tocca a te").first).to_be_visible()
    vera.picture("la-tua-richiesta")
    vera.page.locator("[name=proposta_scelta]").first.check()
    vera.press("Conferma l’orario").picture("risposta-mandata")

    open_task(sara, number, "Tieni l’incontro")
    sara.fill(incontro_esito="svolto", verbale="Le abbiamo mostrato la strada.").picture("incontro")
    sara.press("Registra l’incontro")
    open_task(sara, number, "Registra l’esito per ogni esigenza").picture("esiti")
    outcome = {"esito": "percorso_modello_utilita", "motivazione": "La forma si può tutelare.", "chi": "richiedente"}
    sara.fill(**{f"esigenze-0-{key}": value for key, value in (outcome | {"prossimo_passo": "Cercare"}).items()})
    sara.fill(ricontatto="90").press("Chiudi la richiesta").picture("chiusa")

    vera.go("/segui/richiesta").picture("conclusa")
    assert "Conclusa" in vera.text()
    for view in ("", "/cronologia", "/diagramma", "/attivita"):
        sara.go(f"/pratiche/{number}{view}").picture(f"pratica{view.replace('/', '-')}")
    assert "Vera Prova" in sara.text()
