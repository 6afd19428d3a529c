"""How each kind of field takes, reads and shows its value.

*Posted* is what a browser sends, *typed* is that kept as it was, *value* is what is stored, *words* are for reading.
"""

from __future__ import annotations

import math
from contextlib import suppress
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, ClassVar, cast

from engine import characters
from engine.civil_time import ROME
from engine.forms import amounts, moments
from engine.forms.asking import Asking, Unreadable
from engine.forms.custom import LOOK, MISSING
from engine.forms.expressions import words_of
from engine.forms.kinds import AGENDA
from engine.forms.looks import most
from engine.forms.options import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.forms.component import Component


class Field:
    """A field holding one text; the other kinds say how they differ."""

    missing = "Compila questo campo."

    def missing_for(self, component: Component) -> str:
        return component.custom(MISSING) or self.missing

    def posted(self, values: Sequence[str]) -> object:
        return values[-1] if values else ""

    def read(self, asking: Asking, typed: object) -> object:
        """Return the value, ``None`` when nothing was answered; raise ``Unreadable``."""
        del asking
        return characters.line(_text(typed)) or None

    def typed(self, asking: Asking, value: object) -> object:
        """Return a stored value as a person would have typed it."""
        del asking
        return "" if value is None else words_of(value)

    def words(self, asking: Asking, value: object) -> str:
        return words_of(self.typed(asking, value))


class LongText(Field):
    def read(self, asking: Asking, typed: object) -> object:
        del asking
        return characters.lines(_text(typed)) or None


def _text(typed: object) -> str:
    if typed is None:
        return ""
    if not isinstance(typed, str):
        raise Unreadable("Qui serve un testo.", "non è un testo")
    return typed


class Number(Field):
    def read(self, asking: Asking, typed: object) -> object:
        typed = characters.line(typed) if isinstance(typed, str) else typed
        if typed is None or typed == "":
            return None
        number = self._number(asking.component, typed)
        self._fits(asking.component, number)
        return str(number) if asking.component.attributes.get("serializeToString") is True else amounts.plain(number)

    def _number(self, component: Component, typed: object) -> Decimal:
        if isinstance(typed, bool) or not isinstance(typed, (int, float, Decimal, str)):
            raise Unreadable("Scrivi un numero.", "non è un numero")
        if isinstance(typed, float) and not math.isfinite(typed):
            raise Unreadable("Scrivi un numero.", "non è un numero")
        text = typed if isinstance(typed, str) else f"{Decimal(str(typed)):f}".replace(".", ",")
        readings = amounts.readings_of(text)
        fitting = [number for number in readings if not _written_finer(component, number)] or readings
        if not readings:
            raise Unreadable("Scrivi un numero, per esempio 12 o 12,5.", "non è un numero")
        if len(fitting) > 1:
            ways = " oppure ".join(map(amounts.words, fitting))
            raise Unreadable(f"«{text}» si può leggere in due modi. Scrivi {ways}.", "il numero si legge in due modi")
        return fitting[0]

    def _fits(self, component: Component, number: Decimal) -> None:
        if _has_more_decimals(component, number):
            raise Unreadable(_decimals(component.number("decimalDigits") or 0), "troppi decimali")
        step = _step(component)
        if step and (beyond := _beyond(number, step)):
            low = number - beyond
            raise Unreadable(
                f"I valori ammessi più vicini sono {amounts.words(low)} e {amounts.words(low + step)}.",
                "valore non ammesso",
            )


def _has_more_decimals(component: Component, number: Decimal) -> bool:
    return _written_finer(component, number.normalize())


def _written_finer(component: Component, number: Decimal) -> bool:
    digits, exponent = component.number("decimalDigits"), number.as_tuple().exponent
    return digits is not None and isinstance(exponent, int) and -exponent > digits


def _step(component: Component) -> Decimal | None:
    """Read what form-js writes with a decimal point; nothing where no step is written."""
    try:
        return Decimal(str(component.attributes.get("increment") or 0))
    except InvalidOperation:
        return None


def _beyond(number: Decimal, step: Decimal) -> Decimal:
    """Return how far a number lies beyond a multiple of the step, which 28 digits may not be enough to say."""
    try:
        return number % step
    except InvalidOperation:
        raise Unreadable("Scrivi un numero più piccolo.", "numero troppo grande") from None


def _decimals(digits: int) -> str:
    return (
        "Scrivi un numero intero, senza virgola." if digits == 0 else f"Usa al massimo {digits} cifre dopo la virgola."
    )


class Checkbox(Field):
    missing = "Spunta la casella per andare avanti."

    def posted(self, values: Sequence[str]) -> object:
        return any(values)

    def read(self, asking: Asking, typed: object) -> object:
        del asking
        if typed is None or isinstance(typed, bool):
            return bool(typed)
        raise Unreadable("Spunta la casella oppure lasciala vuota.", "non è un sì o un no")

    def typed(self, asking: Asking, value: object) -> object:
        del asking
        return value is True

    def words(self, asking: Asking, value: object) -> str:
        del asking
        return "sì" if value is True else "no"


class OneOf(Field):
    missing = "Scegli una risposta."

    def read(self, asking: Asking, typed: object) -> object:
        return None if typed in ("", None) else asking.chosen(self._token(asking, typed)).value

    def _token(self, asking: Asking, typed: object) -> object:
        """Accept a label typed in full where the page offers the labels to type (``searchable``)."""
        if asking.component.attributes.get("searchable") is not True or not isinstance(typed, str):
            return typed
        wanted = characters.line(typed).casefold()
        return next((option.token for option in asking.options if option.label.casefold() == wanted), typed)

    def typed(self, asking: Asking, value: object) -> object:
        del asking
        return "" if value is None else Option(value, "").token

    def words(self, asking: Asking, value: object) -> str:
        told = _time_words(asking, value)
        return told or next((option.label for option in asking.options if option.value == value), words_of(value))


def _time_words(asking: Asking, value: object) -> str:
    """Tell a time of an agenda as a time, whether it is still among the options or not; nothing for other answers."""
    if asking.component.custom(LOOK) == AGENDA and isinstance(value, str):
        with suppress(ValueError):
            return words_of(datetime.fromisoformat(value))
    return ""


class SomeOf(Field):
    missing = "Scegli almeno una voce."

    def posted(self, values: Sequence[str]) -> object:
        return [value for value in values if value]

    def read(self, asking: Asking, typed: object) -> object:
        if typed in ("", None):
            return []
        if not isinstance(typed, list):
            raise Unreadable("Scegli tra le voci proposte.", "non è una scelta")
        chosen = list({(option := asking.chosen(one)).token: option.value for one in typed}.values())
        allowed = most(asking.component)
        if allowed is not None and len(chosen) > allowed:
            raise Unreadable(f"Scegli al massimo {allowed} voci: qui sono {len(chosen)}.", "troppe voci scelte")
        return chosen

    def typed(self, asking: Asking, value: object) -> object:
        del asking
        return [Option(one, "").token for one in value] if isinstance(value, list) else []

    def words(self, asking: Asking, value: object) -> str:
        one = OneOf()
        return ", ".join(one.words(asking, each) for each in value) if isinstance(value, list) else ""


class Moment(Field):
    _MISSING: ClassVar = {"date": "Indica la data.", "time": "Indica l’ora.", "datetime": "Indica la data e l’ora."}

    def missing_for(self, component: Component) -> str:
        return component.custom(MISSING) or self._MISSING[subtype_of(component)]

    def posted(self, values: Sequence[str]) -> object:
        return " ".join(value.strip() for value in values) if any(value.strip() for value in values) else ""

    def read(self, asking: Asking, typed: object) -> object:
        if (text := _text_of_day(typed)) is None:
            return None
        match subtype_of(asking.component):
            case "date":
                return self._date(asking, text)
            case "time":
                return self._time(asking, text)
            case "datetime":
                return self._datetime(asking, text)

    def _date(self, asking: Asking, typed: str) -> str:
        day = moments.date_of(typed, asking.now.astimezone(ROME).date())
        if day is None:
            raise Unreadable(
                "Questa data non esiste o è incompleta. Scrivila come 17/12/2026.", "la data non è scritta bene"
            )
        if _past_refused(asking.component) and day < asking.now.astimezone(ROME).date():
            raise Unreadable("Indica una data da oggi in poi.", "la data è già passata")
        return day.isoformat()

    def _time(self, asking: Asking, typed: str) -> str:
        at = moments.time_of(typed)
        if at is None:
            raise Unreadable("Scrivi l’ora come 9:30.", "l’ora non è scritta bene")
        self._on_the_grid(asking.component, at.minute)
        return moments.stored_time(at, zoning_of(asking.component), asking.now.astimezone(ROME).date())

    def _datetime(self, asking: Asking, typed: str) -> str:
        moment = moments.datetime_of(typed, asking.now.astimezone(ROME).date())
        if moment is None:
            raise Unreadable("Scrivi giorno e ora come 17/12/2026 e 9:30.", "giorno o ora non sono scritti bene")
        if not moments.exists(moment):
            raise Unreadable("Quella notte l’orologio salta quest’ora. Scegline un’altra.", "l’ora non esiste")
        if _past_refused(asking.component) and moment.date() < asking.now.astimezone(ROME).date():
            raise Unreadable("Indica una data da oggi in poi.", "la data è già passata")
        self._on_the_grid(asking.component, moment.minute)
        return moments.stored(moment, zoning_of(asking.component))

    def _on_the_grid(self, component: Component, minute: int) -> None:
        interval = component.number("timeInterval") or 1
        if minute % interval:
            raise Unreadable(f"Usa un orario ogni {interval} minuti, per esempio 9:00.", "orario non previsto")

    def typed(self, asking: Asking, value: object) -> object:
        return moments.typed(value, subtype_of(asking.component)) if isinstance(value, str) else ""


def _text_of_day(typed: object) -> str | None:
    if not isinstance(typed, str | None):
        raise Unreadable("Scrivi la data come 17/12/2026.", "non è una data")
    return characters.line(typed or "") or None


def subtype_of(component: Component) -> moments.Subtype:
    """Return what a datetime asks for; form-js means a date when nothing is said."""
    return cast("moments.Subtype", component.text("subtype") or "date")


def zoning_of(component: Component) -> moments.Zoning:
    return cast("moments.Zoning", component.text("timeSerializingFormat") or "utc_offset")


def _past_refused(component: Component) -> bool:
    return component.attributes.get("disallowPassedDates") is True


FIELDS: dict[str, Field] = {
    "textfield": Field(),
    "textarea": LongText(),
    "number": Number(),
    "checkbox": Checkbox(),
    "checklist": SomeOf(),
    "taglist": SomeOf(),
    "radio": OneOf(),
    "select": OneOf(),
    "datetime": Moment(),
}
