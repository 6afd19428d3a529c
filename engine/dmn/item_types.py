"""Read item definitions into FEEL's types (DMN 1.5, section 7.3.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.dmn.xml import Element, attribute, child, children, is_true, text, type_ref
from engine.feel.kinds import ANY, BUILT_IN, ConstrainedType, ContextType, FunctionType, ListType, NamedType, Type

if TYPE_CHECKING:
    from engine.feel.frame import EvaluationRun

#: Turns the text of allowed values into a test of one value.
Tester = Callable[[str, Element], "Callable[[Any, EvaluationRun], bool]"]
Types = Mapping[str, Type]
#: Camunda's names for kinds of numbers, where a model defines no type of that name.
NUMBERS: Types = dict.fromkeys(("integer", "long", "double"), BUILT_IN["number"])
#: Types looked through to find allowed values: definitions may name each other in a circle.
_MOST_NAMED = 20


@dataclass(frozen=True)
class ItemType(NamedType):
    """An item definition, by the name it has in its own model: two models may use one name for different things."""

    model: Types = field(compare=False, repr=False)

    def meant(self, names: Types) -> Type | None:
        del names
        return self.model.get(self.name) or NUMBERS.get(self.name)


@dataclass(frozen=True)
class AllowedType(ConstrainedType):
    """A type limited by allowed values; their text also says in which order they rank."""

    text: str = ""


def item_types(definitions: Element, tester: Tester, model: Types) -> dict[str, Type]:
    """Return the types that a file defines, by name; those they name are looked for in ``model``."""
    make = _Maker(tester, model)
    return {attribute(part, "name"): make.definition(part) for part in children(definitions, "itemDefinition")}


@dataclass(frozen=True, slots=True)
class _Maker:
    tester: Tester
    model: Types

    def definition(self, element: Element) -> Type:
        made = self._constrained(self._shape(element), child(element, "allowedValues"))
        if is_true(element, "isCollection"):
            made = ListType(made)
        return self._constrained(made, child(element, "typeConstraint"))

    def _shape(self, element: Element) -> Type:
        components = {attribute(part, "name"): self.definition(part) for part in children(element, "itemComponent")}
        if components:
            return ContextType(components)
        function = child(element, "functionItem")
        return self._named(type_ref(element)) if function is None else self._function(function)

    def _function(self, element: Element) -> Type:
        parameters = tuple(self._named(type_ref(part)) for part in children(element, "parameters"))
        return FunctionType(parameters, self._named(attribute(element, "outputTypeRef")))

    def _named(self, reference: str) -> Type:
        return named(reference, self.model) or ANY

    def _constrained(self, base: Type, limits: Element | None) -> Type:
        source = text(limits)
        return base if limits is None or not source else AllowedType(base, self.tester(source, limits), source)


def named(reference: str, model: Types) -> Type | None:
    """Return the type a reference names; prefixes of the FEEL namespace do not count (``feel:string``)."""
    if not reference:
        return None
    local = reference.rpartition(":")[2].removeprefix("feel.")
    return BUILT_IN.get(local) or ItemType(reference, model)


def allowed_text(wanted: Type | None, component: str = "") -> str:
    """Return the text of the allowed values of a type, of its items, or of the component of that name."""
    for found in _meanings(wanted):
        match found:
            case AllowedType() if not component:
                return found.text
            case ContextType() if component:
                return allowed_text(found.entries.get(component))
    return ""


def _meanings(wanted: Type | None) -> Iterator[Type]:
    """Give a type and what it stands for: what a name means, a list's items, what a constraint limits."""
    for _ in range(_MOST_NAMED):
        if wanted is None:
            return
        yield wanted
        match wanted:
            case NamedType():
                wanted = wanted.meant({})
            case ListType():
                wanted = wanted.element
            case ConstrainedType():
                wanted = wanted.base
            case _:
                return


def component_names(definitions: Element) -> set[str]:
    """Return every name that item definitions give to the parts of their values."""
    return {attribute(part, "name") for part in definitions.iter("{*}itemComponent")}


def qualified(prefix: str, types: Types) -> dict[str, Type]:
    """Return an imported model's types as its importer names them."""
    return {f"{prefix}.{name}" if prefix else name: made for name, made in types.items()}
