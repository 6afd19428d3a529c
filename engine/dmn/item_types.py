"""Item definitions into FEEL's types (DMN 1.5, section 7.3.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.dmn.xml import Element, attribute, child, children, text, type_ref
from engine.feel.kinds import ANY, BUILT_IN, ConstrainedType, ContextType, FunctionType, ListType, NamedType, Type

#: Turns the text of allowed values into a test of one value.
Tester = Callable[[str, Element], Callable[[Any], bool]]


def item_types(definitions: Element, tester: Tester) -> dict[str, Type]:
    """Return the types that a model's definitions make, by name."""
    return {
        attribute(element, "name"): _definition(element, tester) for element in children(definitions, "itemDefinition")
    }


def _definition(element: Element, tester: Tester) -> Type:
    made = _constrained(_shape(element, tester), element, "allowedValues", tester)
    if attribute(element, "isCollection") == "true":
        made = ListType(made)
    return _constrained(made, element, "typeConstraint", tester)


def _shape(element: Element, tester: Tester) -> Type:
    components = {attribute(part, "name"): _definition(part, tester) for part in children(element, "itemComponent")}
    if components:
        return ContextType(components)
    function = child(element, "functionItem")
    if function is not None:
        parameters = tuple(named(type_ref(part)) or ANY for part in children(function, "parameters"))
        return FunctionType(parameters, named(attribute(function, "outputTypeRef")) or ANY)
    return named(type_ref(element)) or ANY


def _constrained(base: Type, element: Element, kind: str, tester: Tester) -> Type:
    limits = child(element, kind)
    return base if limits is None or not text(limits) else ConstrainedType(base, tester(text(limits), limits))


def named(reference: str) -> Type | None:
    """Return the type a reference names; prefixes of the FEEL namespace do not count (``feel:string``)."""
    if not reference:
        return None
    prefix, _, local = reference.rpartition(":")
    if prefix and local in BUILT_IN:
        return BUILT_IN[local]
    if reference.startswith("feel.") and reference[5:] in BUILT_IN:
        return BUILT_IN[reference[5:]]
    return BUILT_IN.get(reference) or NamedType(reference)


def component_names(definitions: Element) -> set[str]:
    """Return every name that item definitions give to the parts of their values."""
    return {attribute(part, "name") for part in definitions.iter("{*}itemComponent")}


def qualified(prefix: str, types: Mapping[str, Type]) -> dict[str, Type]:
    """Return an imported model's types under the import's name."""
    return {f"{prefix}.{name}" if prefix else name: _requalified(made, prefix) for name, made in types.items()}


def _requalified(made: Type, prefix: str) -> Type:
    """Types that an imported model names itself are found under the import's name from outside."""
    if not prefix:
        return made
    match made:
        case NamedType():
            return NamedType(f"{prefix}.{made.name}")
        case ListType():
            return ListType(_requalified(made.element, prefix))
        case ContextType():
            return ContextType({name: _requalified(part, prefix) for name, part in made.entries.items()})
        case ConstrainedType():
            return ConstrainedType(_requalified(made.base, prefix), made.allows)
    return made
