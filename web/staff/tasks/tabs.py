"""List the tabs of the work lists: name, actions, and words when empty."""

from __future__ import annotations

from dataclasses import dataclass

from web.parts.ordering import LATEST_FIRST, NEAREST_FIRST, YOUNGEST_FIRST, Order

CLAIM, RELEASE, ASSIGN = "prendi", "rilascia", "assegna"


@dataclass(frozen=True)
class Tab:
    """One list: its name, what may be done with its rows, and what it says when it is empty."""

    key: str
    nome: str
    ordine: Order
    verbi: tuple[str, ...]
    #: What acting on many of its rows will not do.
    nota: str
    vuoto_titolo: str
    vuoto: str
    #: What its third column holds.
    passo: str = "Passo"
    #: Whether its rows say who has each task.
    chi: bool = False

    @property
    def endpoint(self) -> str:
        return f"attivita.{self.key}"

    @property
    def fatte(self) -> bool:
        return self.key == DONE

    @property
    def colonne(self) -> int:
        return 7 + bool(self.verbi) + self.chi


MINE, FREE, WAITING, ALL, DONE = "elenco", "da_prendere", "in_attesa", "di_tutti", "fatte"
TABS = {
    MINE: Tab(
        MINE,
        "Le mie attività",
        NEAREST_FIRST,
        (ASSIGN, RELEASE),
        "Chi rilascia o assegna un’attività tiene la propria bozza: chi la prende non la vede.",
        "Non hai attività",
        "Le attività che prendi in carico, o che ti assegnano, compaiono qui.",
    ),
    FREE: Tab(
        FREE,
        "Da prendere in carico",
        NEAREST_FIRST,
        (CLAIM, ASSIGN),
        "Quelle già prese da altri nel frattempo restano a loro.",
        "Niente da prendere in carico",
        "Quando c’è un’attività che puoi prendere la trovi qui, con la più urgente in cima.",
    ),
    WAITING: Tab(
        WAITING,
        "In attesa",
        YOUNGEST_FIRST,
        (),
        "",
        "Nessuna pratica in attesa",
        "Qui trovi le pratiche che segui e che aspettano una risposta dal richiedente.",
        passo="Stato",
    ),
    ALL: Tab(
        ALL,
        "Di tutti",
        NEAREST_FIRST,
        (ASSIGN,),
        "Chi aveva l’attività tiene la propria bozza: chi la riceve non la vede.",
        "Nessuno ha attività aperte",
        "Qui trovi le attività aperte di tutti, prese o da prendere, e le puoi riassegnare.",
        chi=True,
    ),
    DONE: Tab(
        DONE,
        "Fatte",
        LATEST_FIRST,
        (),
        "",
        "Non hai ancora completato attività",
        "Le attività che completi restano qui, dalla più recente.",
    ),
}
