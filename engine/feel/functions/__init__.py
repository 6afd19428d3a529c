"""The built-in functions of DMN 1.5, section 10.3.4, one module per family; importing this fills the library."""

from engine.feel.functions import (
    aggregates,
    contexts,
    conversions,
    dates,
    lists,
    numeric,
    ranges,
    sorting,
    strings,
)

__all__ = ["aggregates", "contexts", "conversions", "dates", "lists", "numeric", "ranges", "sorting", "strings"]
