"""Enumerate the states a requester reads, whose turn each one is, and the steps of the path they form."""

from __future__ import annotations

from enum import StrEnum


class PublicState(StrEnum):
    """Where a case stands, in the words of diagrams (property ``stato``)."""

    DRAFT = "bozza"
    SENT = "inviata"
    TAKEN = "presa_in_carico"
    IN_ANALYSIS = "in_analisi"
    WAITING = "in_attesa_di_integrazioni"
    MEETING_PROPOSED = "convocazione_proposta"
    MEETING_SET = "convocazione_fissata"
    ACCOMPANIED = "in_accompagnamento"
    CONCLUDED = "conclusa"
    WITHDRAWN = "ritirata"
    NOT_OURS = "non_di_competenza"
    #: Closed by the desk itself, as a duplicate or a mistake: no diagram ends so.
    CANCELED = "annullata"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def step(self) -> PathStage:
        """The step of the requester's path that the case has reached."""
        return STEP_OF[self]

    @property
    def is_final(self) -> bool:
        return self in FINAL

    @property
    def stops_the_clock(self) -> bool:
        """Time spent waiting for the requester is not the desk's."""
        return self is PublicState.WAITING


class Turn(StrEnum):
    """Who acts next (property ``tocca-a``)."""

    REQUESTER = "richiedente"
    REFERENTE = "referente"
    ANALISTA = "analista"
    COORDINATORE = "coordinatore"


class PathStage(StrEnum):
    """The six steps of the requester's path, in order."""

    SENT = "Inviata"
    TAKEN = "Presa in carico"
    ANALYSED = "Analizzata"
    MEETING = "Incontro in Comune"
    PATH = "Il tuo percorso"
    CONCLUDED = "Conclusa"


LABELS = {
    PublicState.DRAFT: "Bozza",
    PublicState.SENT: "Inviata",
    PublicState.TAKEN: "Presa in carico",
    PublicState.IN_ANALYSIS: "In analisi",
    PublicState.WAITING: "In attesa di integrazioni",
    PublicState.MEETING_PROPOSED: "Convocazione proposta",
    PublicState.MEETING_SET: "Convocazione fissata",
    PublicState.ACCOMPANIED: "In accompagnamento",
    PublicState.CONCLUDED: "Conclusa",
    PublicState.WITHDRAWN: "Ritirata",
    PublicState.NOT_OURS: "Non di competenza",
    PublicState.CANCELED: "Annullata",
}
STEP_OF = {
    PublicState.DRAFT: PathStage.SENT,
    PublicState.SENT: PathStage.TAKEN,
    PublicState.TAKEN: PathStage.ANALYSED,
    PublicState.IN_ANALYSIS: PathStage.ANALYSED,
    PublicState.WAITING: PathStage.ANALYSED,
    PublicState.MEETING_PROPOSED: PathStage.MEETING,
    PublicState.MEETING_SET: PathStage.MEETING,
    PublicState.ACCOMPANIED: PathStage.PATH,
    PublicState.CONCLUDED: PathStage.CONCLUDED,
    PublicState.WITHDRAWN: PathStage.CONCLUDED,
    PublicState.NOT_OURS: PathStage.CONCLUDED,
    PublicState.CANCELED: PathStage.CONCLUDED,
}
FINAL = frozenset({PublicState.CONCLUDED, PublicState.WITHDRAWN, PublicState.NOT_OURS, PublicState.CANCELED})
