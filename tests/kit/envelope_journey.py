"""Walk a request with a sealed envelope from the counter to its rating, and another to its withdrawal.

Three words go into the envelope: ``TEXT`` in a text, ``FILE`` in a file, ``NAME`` as a file's name. ``LOUD`` goes
wherever people write in the open, so that whoever listens is seen to hear.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from io import BytesIO
from uuid import uuid4

from sqlalchemy import select

from desk import cases
from desk.access import Role
from desk.model import Mail
from engine import tasks
from tests.kit.hostile_files import pdf
from tests.kit.pages import BUROLO, MARTA
from tests.kit.played_requests import REGISTERED
from tests.kit.recorded import NOBODY, ORIGIN, fields_of

TEXT, FILE, NAME, LOUD = "Zafferanocanta", "Melogranocanta", "Rosmarinocanta", "Pappagallorosso"
SEALED = (TEXT, FILE, NAME)
CONTENT = pdf(FILE.encode())
SMALL = 4096
"""Bytes of the largest request that a narrow-minded program takes."""
OWN, ENVELOPE = "/segui/richiesta", "/segui/richiesta/busta"
PURPOSE = {"motivo": "prima_analisi"}
CHECK = {"verifica_esito": "inoltra", "titolo_controllato": "true", "ricevuta": "stampata"}
ANALYSIS = {
    "urgenza_decisa": "conferma", "esigenze": "1", "esigenze-0-argomento": "proteggere",
    "esigenze-0-esito": "da_definire", "decisione": "convoca", "dichiarazione_conflitto_interessi": "true",
}  # fmt: skip
INVITATION = {
    "durata": "45", "modalita": "in_comune", "sede": f"Sala {LOUD}", "sede_accessibile": "si",
    "convocati": ["richiedente", "analista"], "proposte": ["2026-12-10T15:00", "2026-12-14T09:00"],
}  # fmt: skip
OUTCOME = {
    "esigenze": "1", "esigenze-0-argomento": "proteggere", "esigenze-0-esito": "percorso_modello_utilita",
    "esigenze-0-motivazione": "La forma si può tutelare.", "esigenze-0-prossimo_passo": "Cercare",
    "esigenze-0-chi": "richiedente", "ricontatto": "90",
}  # fmt: skip
STRANGERS = {
    "lia": None, "paolo": Role.COORDINATORE, "olga": None, "dario": None, "ivo": None, "marta": None,
    LOUD.lower(): None,
}  # fmt: skip


class Journey:
    """One request; every step is taken by who takes it."""

    def __init__(self, desk):
        self.desk = desk
        self.marta = desk.visitor("marta").signed_in()
        self.sara = desk.visitor("sara").signed_in()

    # At the counter

    def registered(self):
        opened = self.marta.post("/nuova-richiesta/", {"comune": BUROLO}, page="/nuova-richiesta/")
        self.task = opened.location.partition("?")[0]
        answers = {key: "true" if value is True else value for key, value in REGISTERED.items()}
        self.completed(self.marta, answers | {"cognome": LOUD, "titolo": f"Attrezzo {LOUD}"})
        with self.desk.store.snapshot() as uow:
            found = tasks.get(uow, self.task.rpartition("/")[2], MARTA)
            self.id, self.number = found.case_id, cases.get(uow, found.case_id, MARTA).number
        self.page = f"/pratiche/{self.number}"
        self.box = f"{self.page}/busta"
        receipt = self.marta.post(f"{self.page}/ricevuta", page=f"{self.page}/ricevuta").text
        self.secret = re.search(r'class="segreto">([^<]+)<', receipt)[1]
        self.ada = self.desk.visitor("richiedente")
        self.entered()
        return self

    def entered(self):
        pair = {"numero": self.number, "codice": self.secret}
        assert self.ada.post("/segui", pair, page=f"/segui?numero={self.number}").status_code == 302

    def forwarded(self):
        return self.done(self.marta, "verifica", CHECK)

    def agreed(self):
        day = self.desk.clock().date()
        signed = {
            "persone": "sara", "mezzo": "autografa", "versione": "1.0", "firmato_da": f"Ada {LOUD}",
            "firmato_il": day.isoformat(), "valido_fino": (day + timedelta(60)).isoformat(),
        }  # fmt: skip
        assert self.marta.post(f"{self.box}/accordo", signed).status_code == 302
        return self

    # The envelope

    def too_early(self):
        """Give something before there is an agreement."""
        assert self.marta.post(f"{self.box}/deposito", words()).status_code == 409
        early = words() | {"busta_elemento": str(uuid4())}
        assert self.ada.post(f"{ENVELOPE}/testo", early, page=OWN).status_code == 409
        return self

    def deposited(self):
        assert self.given(self.ada, f"{ENVELOPE}/testo", busta_testo=f"Il {TEXT} è nuovo").status_code == 302
        assert self.given(self.ada, f"{ENVELOPE}/file", busta_file=a_file()).status_code == 302
        assert self.marta.post(f"{self.box}/deposito", {"busta_testo": TEXT}).status_code == 302
        assert self.marta.post(f"{self.box}/deposito", {"busta_file": a_file()}).status_code == 302
        return self

    def given(self, who, address, **fields):
        return who.sent(who.client.post(address, data=fields_of(who.get(ENVELOPE).text, *CARRIED) | fields))

    def refused_deposits(self):
        """Send the words where they cannot go: whoever typed them may find them again, nobody else and nowhere."""
        marta, box = self.marta, f"{self.box}/deposito"
        for fields in ({"busta_testo": TEXT + "x" * 50_001}, {"busta_file": (BytesIO(b"MZ\x90\0" * 9), f"{NAME}.exe")}):
            assert marta.post(box, fields).status_code == 422
            kind = "file" if "busta_file" in fields else "testo"
            fresh = {
                name: (BytesIO(b"<svg/>"), f"{NAME}.png") if kind == "file" else each for name, each in fields.items()
            }
            assert self.given(self.ada, f"{ENVELOPE}/{kind}", **fresh).status_code == 422
        assert marta.post("/pratiche/SI-1999-X-1/busta/deposito", words()).status_code == 404
        assert marta.post(f"{self.page}/altrove", words()).status_code == 404
        assert marta.post(self.box, words()).status_code == 405
        assert marta.post(f"{self.box}/a-voce", {"a_voce": "si", **words()}).status_code == 409
        return self

    def lost_deposits(self):
        """Send them without a session, with an old token, too large, to a program without keys."""
        box, nobody = f"{self.box}/deposito", self.desk.visitor(NOBODY)
        small = self.desk.visitor("marta", self.desk.make_app(largest_request=SMALL)).signed_in()
        keyless = self.desk.visitor("marta", self.desk.make_app(envelope_keys="")).signed_in()
        old = {"csrf_token": "vecchio", "nota": LOUD}
        answers = [
            nobody.post(box, words(), headers=ORIGIN),
            nobody.post(f"{ENVELOPE}/testo", words(), headers=ORIGIN),
            nobody.post(f"{ENVELOPE}/file", words(), headers=ORIGIN),
            self.marta.sent(self.marta.client.post(box, data=words() | old, headers=ORIGIN)),
            self.ada.sent(self.ada.client.post(f"{ENVELOPE}/testo", data=words() | old, headers=ORIGIN)),
            small.post(box, {"busta_file": a_file(CONTENT * SMALL)}),
            keyless.post(box, words()),
            nobody.get(f"/{LOUD}"),
        ]
        found = [each.status_code for each in answers]
        assert found == [401, 401, 401, 400, 400, 413, 503, 500], found
        return self

    def kept_nowhere(self):
        """Send them among the answers of a task and of the requester, where drafts are kept."""
        draft = {"busta_testo": TEXT, "nota_interna": LOUD}
        task = self.open(self.sara, "analizza")
        assert self.sara.post(f"{task}/bozza", draft, page=task).status_code == 200
        assert self.sara.post(task, {**draft, "_azione": "salva"}, page=task).status_code == 302
        return self

    def opened(self):
        shown = self.sara.post(f"{self.box}/apri", PURPOSE).text
        assert (TEXT in shown, NAME in shown, FILE in shown) == (True, True, False)
        items = sorted(set(re.findall(r"busta/([0-9a-f-]{36})/scarica", shown)))
        found = [self.sara.post(f"{self.box}/{each}/scarica", PURPOSE) for each in items]
        assert CONTENT in [each.data for each in found]
        assert self.sara.post(f"{self.box}/apri", {"motivo": TEXT}).status_code == 403
        self.item = items[0]
        return self

    def refused_to_others(self):
        """Give to each stranger who asks the answer they get, for opening and for downloading."""
        for name, role in STRANGERS.items():
            stranger = self.desk.visitor(name).signed_in(role)
            asked = [stranger.post(f"{self.box}/{verb}", PURPOSE) for verb in ("apri", f"{self.item}/scarica")]
            assert {each.status_code for each in asked} <= {403, 404}
        return self

    def revoked(self):
        self.ada.post(f"{ENVELOPE}/scelte/revoca", page=f"{ENVELOPE}/scelte/revoca")
        assert self.sara.post(f"{self.box}/apri", PURPOSE).status_code == 403
        report = self.ada.get(f"{ENVELOPE}/segnala").text
        key = re.search(r'name="apertura" id="[^"]+" value="([^"]+)"', report)[1]
        self.ada.post(
            f"{ENVELOPE}/segnala", {"apertura": key, "dubbio": "motivo_non_chiaro"}, page=f"{ENVELOPE}/segnala"
        )
        self.ada.get(f"{ENVELOPE}/scelte/togli?elemento={self.item}")
        self.desk.worked()
        return self

    # The meeting

    def invited(self):
        return self.done(self.sara, "analizza", ANALYSIS).done(self.sara, "proponi", INVITATION)

    def replied(self, **fields):
        page = self.ada.get(OWN).text
        action = re.search(r'<form class="foglio modulo"[^>]* action="([^"]+)"', page)[1]
        answer = self.ada.post(action, {**fields, "_azione": "completa"}, page=OWN)
        assert answer.status_code == 302, re.findall(r'class="messaggio">.*', answer.text)
        self.desk.worked()
        return self

    def moved(self, slot):
        found = next(each for each in self.actions(self.marta) if 'name="orario_scelto"' in self.marta.get(each).text)
        fields = {"orario_scelto": slot, "_azione": "completa"}
        assert self.marta.post(found, fields | words(), page=found).status_code == 422
        answer = self.marta.post(found, fields, page=found)
        assert answer.status_code == 302, re.findall(r'class="messaggio">.*', answer.text)
        self.desk.worked()
        return self

    def actions(self, who):
        return sorted(set(re.findall(rf'href="({self.page}/azioni/[^"]+)"', who.get(self.page).text)))

    def later(self, moment):
        """Let time pass: the worker wakes, and sessions of people end."""
        self.desk.clock.now = datetime.fromisoformat(moment)
        self.desk.worked()
        self.marta, self.sara = (self.desk.visitor(name).signed_in() for name in ("marta", "sara"))
        self.entered()
        return self

    def met(self):
        self.done(self.sara, "incontra", {"incontro_esito": "svolto", "presenti": ["richiedente"], "verbale": LOUD})
        return self.done(self.sara, "decidi", OUTCOME)

    def rated(self):
        page = f"{OWN}/valutazione?voto=5"
        aspect = re.findall(r'name="aspetto"[^>]* value="([^"]+)"', self.ada.get(page).text)[0]
        rating = {"voto": "5", "aspetto": aspect, "commento": LOUD}
        assert self.ada.post(f"{OWN}/valutazione", rating | words(), page=page).location == OWN
        return self

    def linked(self):
        """Come back by the link in a mail, on another telephone."""
        other = self.desk.visitor("richiedente altrove")
        other.post("/segui/link", {"numero": self.number}, page="/segui/link")
        self.desk.worked()
        with self.desk.store.snapshot() as uow:
            (mail,) = uow.session.scalars(select(Mail).where(Mail.name == "link", Mail.case_id == self.id))
        link = re.search(r"http://localhost(/segui/link/[\w-]+)", mail.text)[1]
        assert other.post(link, page=link).location == OWN
        other.get(OWN)
        return self

    def brought(self):
        """Add an ordinary document to the case: its name and content are nobody's secret."""
        loud = {"documento": (BytesIO(pdf(LOUD.encode())), f"{LOUD}.pdf")}
        assert self.ada.post(f"{OWN}/documenti", loud, page=f"{OWN}/documenti").status_code == 302
        return self

    def withdrawn(self):
        page = self.ada.get(OWN).text
        address = re.search(r'<a href="(/segui/richiesta/messaggi/[^"]+)">Ritira la richiesta</a>', page)[1]
        sure = {"ritiro_motivo": "risolto", "ritiro_conferma": "true", "_azione": "completa"}
        assert self.ada.post(address, sure, page=address).status_code == 302
        self.desk.worked()
        return self

    # Everyday steps

    def open(self, who, element):
        """Find a task of the case, taken in charge where it is nobody's; give its address."""
        with self.desk.store.snapshot() as uow:
            task = next(
                each for each in tasks.of_case(uow, self.id) if (each.element_id, each.state) == (element, "created")
            )
        address = f"/attivita/{task.id}"
        if task.assignee is None:
            who.post(f"{address}/prendi", page=address)
        return address

    def done(self, who, element, answers):
        self.task = self.open(who, element)
        return self.completed(who, answers)

    def completed(self, who, answers):
        self.desk.clock.now += timedelta(minutes=1)
        answer = who.post(self.task, {**answers, "_azione": "completa"}, page=self.task)
        assert answer.status_code == 302, re.findall(r'class="messaggio">.*', answer.text)
        who.get(answer.location)
        self.desk.worked()
        return self


CARRIED = ("csrf_token", "busta_elemento")


def words():
    return {"busta_testo": TEXT}


def a_file(content=CONTENT):
    return BytesIO(content), f"{NAME}.pdf"
