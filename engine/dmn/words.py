"""Values as people read them, in Italian: what a decision looked at and what it gave."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.budget import Budget, Meter
from engine.feel.errors import BudgetExceeded, NullResult
from engine.feel.temporal import NANOS, Date, DateTime, DayTimeDuration, Time, YearMonthDuration, Zone
from engine.feel.temporal_text import read_date
from engine.feel.text import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_LONGEST = 200
_MOST_ITEMS = 20
#: From how many digits on thousands are set apart: years, which have four, are not.
_GROUPED_FROM = 10_000
_DECIMALS = 4
_MONTHS = (
    *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
    *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
)
_ITALY = Zone(name="Europe/Rome")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_KEY = re.compile(r"[a-zà-ù0-9]+(?:_[a-zà-ù0-9]+)+")


def in_words(value: Any) -> str:
    """Write a value: «sì», «22 novembre 2026», «12.500,50», «2 ore e 30 minuti», «una, due e tre», «–» for nothing."""
    words = _WRITERS.get(type(value), _written)(value)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def is_measure(value: Any) -> bool:
    """Whether a value is one that a sentence written beforehand cannot know: how much, how long, which day."""
    return _day_of(value) is not None if isinstance(value, str) else type(value) in _MEASURES


def plain_name(name: str) -> str:
    """Write a variable's name as words: «giorni_alla_data» as «giorni alla data»."""
    return name.replace("_", " ").strip()


def _text(value: str) -> str:
    day = _day_of(value)
    if day is not None:
        return _date(day)
    return plain_name(value) if _KEY.fullmatch(value) else value


def _day_of(text: str) -> Date | None:
    """Return the day that a text is: forms keep days as ISO 8601 writes them."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return read_date(text)
    except NullResult:
        return None


def _number(value: Decimal) -> str:
    if not -_LONGEST < value.adjusted() < _LONGEST:
        return str(value.normalize()).replace(".", ",")
    cut = round(value, _DECIMALS).normalize() if -int(value.as_tuple().exponent) > _DECIMALS else value
    written = f"{cut:,f}" if abs(cut) >= _GROUPED_FROM else f"{cut:f}"
    return written.translate(str.maketrans(",.", ".,"))


def _list(values: Sequence[Any]) -> str:
    words = [in_words(each) for each in values[:_MOST_ITEMS]]
    if len(values) > _MOST_ITEMS:
        words.append(f"altri {len(values) - _MOST_ITEMS}")
    return _joined(words) or "niente"


def _joined(words: Sequence[str]) -> str:
    *first, last = words or [""]
    return f"{', '.join(first)} e {last}" if first else last


def _context(value: Mapping[str, Any]) -> str:
    parts = list(value.items())[:_MOST_ITEMS]
    return ", ".join(f"{plain_name(key)}: {in_words(each)}" for key, each in parts) or "niente"


def _date(day: Date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _clock(time: Time) -> str:
    minutes = time.nanos // NANOS // 60
    return f"{minutes // 60}:{minutes % 60:02}"


def _moment(value: DateTime) -> str:
    local = value if value.time.zone is None else value.at_zone(_ITALY)
    return f"{_date(local.date)}, ore {_clock(local.time)}"


def _months(value: YearMonthDuration) -> str:
    years, months = divmod(abs(value.months), 12)
    return _length([(years, "anno", "anni"), (months, "mese", "mesi")], backwards=value.months < 0)


def _duration(value: DayTimeDuration) -> str:
    minutes, seconds = divmod(abs(value.nanos) // NANOS, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    counts = [(days, "giorno", "giorni"), (hours, "ora", "ore"), (minutes, "minuto", "minuti")]
    return _length([*counts, (seconds, "secondo", "secondi")], backwards=value.nanos < 0)


def _length(counts: Iterable[tuple[int, str, str]], *, backwards: bool) -> str:
    words = _joined([f"{count} {one if count == 1 else many}" for count, one, many in counts if count])
    return f"{'meno ' if backwards else ''}{words}" if words else "nessuna durata"


def _written(value: Any) -> str:
    try:
        return text_of(value, Meter(Budget(size=10 * _LONGEST)))
    except BudgetExceeded:
        return "…"


_MEASURES: dict[type, Callable[[Any], str]] = {
    Decimal: _number,
    Date: _date,
    Time: _clock,
    DateTime: _moment,
    YearMonthDuration: _months,
    DayTimeDuration: _duration,
}
_WRITERS: dict[type, Callable[[Any], str]] = {
    **_MEASURES,
    type(None): lambda _: "–",
    bool: lambda value: "sì" if value else "no",
    str: _text,
    list: _list,
    dict: _context,
}
