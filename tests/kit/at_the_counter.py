"""Walk marta, sara and a requester through a request's pages: register it, take a step, open it with its secret."""

from playwright.sync_api import expect

from tests.kit.times import wait_until

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
MEETING = {
    "durata": "45",
    "modalita": "in_comune",
    "sede": "Municipio, sala al piano terra",
    "sede_accessibile": "si",
    "invito_nota": "Un documento e quello che vuoi mostrarci",
}


def open_request(marta):
    """Open a request, which leads to its first step; give its number."""
    marta.go("/nuova-richiesta/")
    if marta.page.url.endswith("/nuova-richiesta/"):
        marta.picture("nuova-richiesta").press("Apri la richiesta")
    return marta.page.locator("main a[href^='/pratiche/SI-']").first.inner_text()


def register(marta, **changes):
    """Fill the four steps and the summary."""
    marta.fill(**(WHO | changes)).press("Avanti")
    marta.fill(**WHAT).picture("registra-2").press("Avanti")
    marta.fill(**SHOWN).press("Avanti")
    marta.fill(**CONSENTS).press("Avanti")
    expect(marta.page.get_by_text("Attrezzo per l’orto").first).to_be_visible()
    marta.picture("registra-riepilogo").press("Registra la richiesta")
    marta.picture("registrata")


def secret_of(marta, number):
    """Print the receipt and read the tear-off slip, as the requester will."""
    marta.go(f"/pratiche/{number}/ricevuta").press("Stampa con il codice segreto").picture("ricevuta")
    return marta.page.locator(".segreto").inner_text()


def open_task(someone, number, name):
    """Open a step of this request, taking it in charge where it is nobody's."""
    step = someone.page.get_by_role("link", name=name, exact=True)
    wait_until(
        lambda: someone.go(f"/pratiche/{number}/attivita") and step.count(), 30
    )  # the worker may be sending mail
    someone.follow(name)
    claim = someone.page.get_by_role("button", name="Prendi in carico", exact=True)
    if claim.count():
        claim.first.click()
        someone.page.wait_for_load_state()
    return someone


def forward(marta, number):
    open_task(marta, number, "Verifica e inoltra a Novain").picture("verifica")
    marta.fill(verifica_esito="inoltra", titolo_controllato=True, ricevuta="stampata").press("Completa la verifica")


def free(sara, times):
    """Turn the weeks until one has such a time; give the first."""
    for _ in range(6):
        if times.count():
            break
        sara.page.get_by_role("button", name="Settimana successiva").click()
    return times.first


def convene(sara, number):
    """Analyse the request and propose three times: one from the list, two from the drawn week above it."""
    open_task(sara, number, "Prima analisi").picture("prima-analisi")
    sara.fill(urgenza_decisa="conferma", **{"esigenze-0-argomento": "proteggere", "esigenze-0-esito": "da_definire"})
    sara.fill(decisione="convoca", dichiarazione_conflitto_interessi=True).press("Completa l’analisi")
    open_task(sara, number, "Proponi la convocazione").fill(durata="45", modalita="in_comune")
    free(sara, sara.page.locator("[name=proposte]:visible:not(:checked)")).check()
    for _ in range(2):
        free(sara, sara.page.locator("[data-settimana] [aria-pressed=false]")).click()
    expect(sara.page.locator("[name=proposte]:checked")).to_have_count(3)
    sara.fill(**MEETING).picture("proponi").press("Manda l’invito")


def enter(vera, number, secret):
    """Open one's request with what stands on the receipt."""
    vera.picture("segui").fill(numero=number, codice=secret).press("Vedi la richiesta")


def hold(sara, number):
    """Record that the meeting took place, and how each need ended."""
    open_task(sara, number, "Tieni l’incontro")
    sara.fill(incontro_esito="svolto", verbale="Le abbiamo mostrato la strada.").picture("incontro")
    sara.press("Registra l’incontro")
    open_task(sara, number, "Registra l’esito per ogni esigenza").picture("esiti")
    outcome = {"esito": "percorso_modello_utilita", "motivazione": "La forma si può tutelare.", "chi": "richiedente"}
    sara.fill(**{f"esigenze-0-{key}": value for key, value in (outcome | {"prossimo_passo": "Cercare"}).items()})
    sara.fill(ricontatto="90").press("Chiudi la richiesta").picture("chiusa")
