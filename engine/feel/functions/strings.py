"""String functions (DMN 1.5, section 10.3.4.3). Positions count Unicode characters, from 1, or from the end."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel import regexes
from engine.feel.errors import NullResult
from engine.feel.library import builtin

if TYPE_CHECKING:
    from engine.feel.frame import EvaluationRun


@builtin("substring(string: string, start position: number, length?: number)")
def substring(text: str, start: Decimal, length: Decimal | None = None) -> str:
    position = int(start)
    if position == 0 or abs(position) > max(len(text), 1):
        raise NullResult("substring: la posizione è fuori dal testo")
    begin = position - 1 if position > 0 else len(text) + position
    if length is None:
        return text[begin:]
    if length < 1:
        raise NullResult("substring: la lunghezza deve essere almeno 1")
    return text[begin : begin + min(int(length), len(text))]


@builtin("string length(string: string)")
def string_length(text: str) -> Decimal:
    return Decimal(len(text))


@builtin("upper case(string: string)")
def upper_case(text: str) -> str:
    return text.upper()


@builtin("lower case(string: string)")
def lower_case(text: str) -> str:
    return text.lower()


@builtin("substring before(string: string, match: string)")
def substring_before(text: str, match: str) -> str:
    return text.partition(match)[0] if match and match in text else ""


@builtin("substring after(string: string, match: string)")
def substring_after(text: str, match: str) -> str:
    return text if not match else text.partition(match)[2]


@builtin("contains(string: string, match: string)")
def contains(text: str, match: str) -> bool:
    return match in text


@builtin("starts with(string: string, match: string)")
def starts_with(text: str, match: str) -> bool:
    return text.startswith(match)


@builtin("ends with(string: string, match: string)")
def ends_with(text: str, match: str) -> bool:
    return text.endswith(match)


@builtin("matches(input: string, pattern: string, flags?: string?)", needs_run=True)
def matches(run: EvaluationRun, text: str, pattern: str, flags: str | None = None) -> bool:
    return regexes.found(text, pattern, flags or "", run.meter)


@builtin("replace(input: string, pattern: string, replacement: string, flags?: string?)", needs_run=True)
def replace(run: EvaluationRun, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    return regexes.replaced(text, (pattern, flags or ""), replacement, run.meter)


@builtin("split(string: string, delimiter: string)", needs_run=True)
def split(run: EvaluationRun, text: str, delimiter: str) -> list[str]:
    return regexes.split(text, delimiter, run.meter)


@builtin("string join(list: list, delimiter?: string?)", needs_run=True)
def string_join(run: EvaluationRun, items: list[Any], delimiter: str | None = None) -> str:
    """Join the strings of a list; nulls are left out."""
    texts = [item for item in items if item is not None]
    if not all(isinstance(text, str) for text in texts):
        raise NullResult("string join: l’elenco contiene altro che testi")
    run.meter.fits(sum(map(len, texts)) + len(delimiter or "") * len(texts))
    return (delimiter or "").join(texts)
