"""Name whose desk it is, for pages and papers: the programme, its territory, the firm that studies requests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Programme:
    """The names of one programme; those of the first unless the settings say others."""

    #: What stands at the head of pages and papers.
    name: str = "Programma di ANPCI e Novain"
    #: Where its Comuni are; a line by itself.
    territory: str = "Nei piccoli Comuni del Torinese"
    #: Whose analysts study the requests; it can stand after «di» and «a».
    firm: str = "Novain"
    #: Whom a mayor asks to join.
    promoter: str = "ANPCI, l’associazione dei piccoli Comuni"

    @property
    def facts(self) -> dict[str, str]:
        """What letters may say of it."""
        return {"programma": self.name, "azienda": self.firm}
