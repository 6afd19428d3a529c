"""Bring requests to a stage through the verbs, for pages to show."""

from __future__ import annotations

from datetime import timedelta

from desk import cases
from engine import jobs, tasks
from tests.kit.pages import BUROLO, MARTA, SARA

REGISTERED = {
    "canale": "sportello",
    "tipo_richiedente": "persona_fisica",
    "nome": "Ada",
    "cognome": "Esempio",
    "data_nascita": "3/5/1990",
    "comune_residenza": "Burolo",
    "telefono": "333 000 0000",
    "email": "ada@esempio.example",
    "contatto_preferito": "telefono",
    "identita": "documento",
    "argomento": "proteggere",
    "stadio": "prototipo",
    "titolo": "Attrezzo per la potatura",
    "obiettivo": "Capire se conviene depositare",
    "settore": "agricoltura",
    "urgenza_motivo": "nessuno",
    "gia_divulgata": "no",
    "ha_domande": "no",
    "presa_visione_interessi": True,
    "consenso_informativa": True,
    "consenso_inoltro": True,
    "dichiarazione_veritiera": True,
    "busta_preferenza": "busta",
}
CHECKED = {"verifica_esito": "inoltra", "titolo_controllato": True, "ricevuta": "stampata"}
ANALYSED = {
    "urgenza_decisa": "conferma",
    "esigenze": [{"argomento": "proteggere", "esito": "da_definire"}],
    "decisione": "convoca",
    "dichiarazione_conflitto_interessi": True,
}


class Request:
    """One request at a desk; every step happens a minute after the one before."""

    def __init__(self, store, now, *, istat=BUROLO, referente=MARTA, **answers):
        self.store, self.now, self.referente = store, now, referente
        self.answers = REGISTERED | answers
        with store.unit_of_work(now) as uow:
            self.case = cases.open_request(uow, referente, istat)

    def registered(self):
        return self.done("registra", self.referente, self.answers)

    def forwarded(self):
        return self.registered().done("verifica", self.referente, CHECKED)

    def claimed(self, by=SARA):
        self.forwarded()
        with self._later() as uow:
            tasks.claim(uow, self.open_task(uow).id, by)
        return self

    def analysed(self, by=SARA, **answers):
        return self.claimed(by).done("analizza", by, ANALYSED | answers)

    def done(self, element, by, answers):
        with self._later() as uow:
            task = self.open_task(uow)
            assert task.element_id == element
            tasks.complete(uow, task.id, by, answers)
        jobs.run_due(self.store, self.now)  # what the diagram does by itself
        return self

    @property
    def task_id(self):
        with self.store.snapshot(self.now) as uow:
            return self.open_task(uow).id

    @property
    def number(self):
        return self.case.number

    def open_task(self, uow):
        return next(task for task in tasks.of_case(uow, self.case.id) if task.state == "created")

    def _later(self):
        self.now += timedelta(minutes=1)
        return self.store.unit_of_work(self.now)
