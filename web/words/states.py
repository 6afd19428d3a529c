"""Say states of a case as words with a tone."""

from __future__ import annotations

from dataclasses import dataclass

from desk.states import PublicState

TONES = {
    PublicState.WAITING: "attesa",
    PublicState.MEETING_PROPOSED: "attesa",
    PublicState.CONCLUDED: "ok",
    PublicState.IN_ANALYSIS: "blu",
    PublicState.TAKEN: "blu",
    PublicState.MEETING_SET: "blu",
    PublicState.ACCOMPANIED: "blu",
}


@dataclass(frozen=True)
class StateWords:
    nome: str
    tono: str
    #: Whether time stands still while the requester is waited for.
    fermo: bool


def state_words(state: PublicState) -> StateWords:
    return StateWords(state.label, TONES.get(state, ""), state.stops_the_clock)
