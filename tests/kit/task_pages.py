"""Answer the form on the page of a task, as a person does."""

from __future__ import annotations

from tests.kit.pages import token_in

FIRST_STEP = {
    "_passo": "gruppo_chi",
    "canale": "sportello",
    "tipo_richiedente": "persona_fisica",
    "nome": "Ada",
    "cognome": "Esempio",
    "data_nascita": "3/5/1990",
    "comune_residenza": "Burolo",
    "telefono": "0125 000 000",
    "contatto_preferito": "telefono",
    "identita": "documento",
}
"""Answers to the first step of «registra», as a browser sends them."""


def page_of(request):
    return f"/attivita/{request.task_id}"


def send(client, address, action, **fields):
    """Press one of the form's buttons."""
    token = token_in(client.get(address).text)
    return client.post(address, data={"csrf_token": token, "_azione": action, **fields})
