import json
from datetime import UTC, datetime

import pytest

from engine import forms
from engine.errors import InvalidAnswers

NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)


def schema(*components):
    numbered = [{"id": f"Field_{place}", **component} for place, component in enumerate(components)]
    return {"type": "default", "id": "prova", "schemaVersion": 19, "components": numbered}


@pytest.fixture
def form_of():
    """Build a form from components; those without an id get one."""

    def build(*components):
        return forms.load(json.dumps(schema(*components)).encode(), "forms/prova.json")

    return build


@pytest.fixture
def problems_of():
    """Return what a form of these components is told, as (rule, kind, element)."""

    def check(*components, **top):
        source = json.dumps({**schema(*components), **top}).encode()
        return [(problem.rule, problem.kind, problem.element) for problem in forms.check(source, "forms/prova.json")]

    return check


@pytest.fixture
def clean():
    """Validate answers for a referente on 17 November 2026."""

    def validate(form, answers, *, variables=None, roles=("Referente",), functions=None):
        return form.validate(answers, variables=variables or {}, roles=roles, now=NOW, functions=functions)

    return validate


@pytest.fixture
def refusal(clean):
    """Return the refusal of answers that must not pass."""

    def refuse(form, answers, **circumstances):
        with pytest.raises(InvalidAnswers) as refused:
            clean(form, answers, **circumstances)
        return refused.value

    return refuse


@pytest.fixture
def messages(refusal):
    """Return the refused answers' messages by field."""

    def refuse(form, answers, **circumstances):
        return {error.path: error.message for error in refusal(form, answers, **circumstances).errors}

    return refuse


@pytest.fixture
def seen():
    """Return the view a referente has on 17 November 2026."""

    def view(form, answers=None, *, variables=None, roles=("Referente",), errors=()):
        return form.view(answers, variables=variables or {}, roles=roles, now=NOW, errors=errors)

    return view


@pytest.fixture
def names_seen(seen):
    """Return the names of the fields on the page."""

    def names(form, answers=None, **circumstances):
        return [item.name for item in seen(form, answers, **circumstances).items if item.name]

    return names
