"""Whatever arrives, a form answers with clean answers or a refusal; it never breaks."""

import contextlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from engine import feel, forms
from engine.errors import ExpressionFailed, InvalidAnswers
from engine.forms import amounts, moments
from engine.forms.expressions import Situation

NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
OPTIONS = [{"label": "Uno", "value": "uno"}, {"label": "Due", "value": 2}]
FIELDS = [
    {"type": "textfield", "key": "testo", "label": "T", "properties": {"validatore": "titolo-non-riservato"}},
    {"type": "textfield", "key": "cf", "label": "C", "properties": {"validatore": "codice-fiscale"}},
    {"type": "textfield", "key": "iva", "label": "I", "properties": {"validatore": "partita-iva"}},
    {"type": "textfield", "key": "email", "label": "E", "validate": {"validationType": "email"}},
    {"type": "textarea", "key": "lungo", "label": "L"},
    {"type": "number", "key": "numero", "label": "N", "decimalDigits": 2, "increment": "0.01"},
    {"type": "checkbox", "key": "casella", "label": "C"},
    {"type": "checklist", "key": "voci", "label": "V", "values": OPTIONS},
    {"type": "radio", "key": "scelta", "label": "S", "values": OPTIONS},
    {"type": "select", "key": "cerca", "label": "S", "values": OPTIONS, "searchable": True},
    {"type": "datetime", "key": "data", "dateLabel": "D", "subtype": "date"},
    {"type": "datetime", "key": "ora", "timeLabel": "O", "subtype": "time"},
    {"type": "datetime", "key": "quando", "dateLabel": "Q", "subtype": "datetime"},
    {"type": "textfield", "key": "nascosto", "label": "N", "conditional": {"hide": "=numero > 3 or testo = null"}},
]
NAMES = [field["key"] for field in FIELDS] + ["sede", "righe", "intruso"]


@pytest.fixture(scope="module")
def form():
    numbered = [{"id": f"F{place}", **field} for place, field in enumerate(FIELDS)]
    inner = [{**field, "id": f"G{place}"} for place, field in enumerate(FIELDS)]
    rows = [{**field, "id": f"R{place}"} for place, field in enumerate(FIELDS)]
    group = {"type": "group", "id": "G", "path": "sede", "label": "Sede", "components": inner}
    listed = {"type": "dynamiclist", "id": "L", "path": "righe", "label": "Righe", "components": rows}
    return forms.load(json.dumps({"components": [*numbered, group, listed]}).encode(), "prova.json")


leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["uno", "2", "17/12/2026", "9:30"])
)
anything = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=80, deadline=None)
@given(answers=st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), anything, max_size=8))
def test_any_json_is_cleaned_or_refused_and_can_be_shown_again(form, answers):
    with contextlib.suppress(InvalidAnswers):
        clean = form.validate(answers, variables={}, roles=(), now=NOW)
        assert set(clean) <= form.keys
        json.dumps(clean, allow_nan=False)

    view = form.view(answers, variables={}, roles=(), now=NOW)

    assert {item.name for item in view.items} >= {"testo", "numero"}


@settings(max_examples=60, deadline=None)
@given(variables=st.dictionaries(st.sampled_from(NAMES), anything, max_size=8))
def test_a_form_shows_whatever_the_case_holds(form, variables):
    view = form.view(None, variables=variables, roles=(), now=NOW)
    recap = form.recap({}, variables=variables, roles=(), now=NOW)

    assert view.items
    assert recap[0].answers


names = st.sampled_from(NAMES) | st.builds(
    "{}-{}".format, st.sampled_from(["sede", "righe-0", "righe-1"]), st.sampled_from(NAMES)
)


@settings(max_examples=80, deadline=None)
@given(
    pairs=st.lists(
        st.tuples(names | st.text(max_size=6), st.text(max_size=12) | st.sampled_from(["1", "2", "uno"])), max_size=12
    )
)
def test_any_post_becomes_answers_that_json_can_carry(form, pairs):
    answers = form.parse(MultiDict(pairs))

    with contextlib.suppress(InvalidAnswers):
        form.validate(answers, variables={}, roles=(), now=NOW)
    json.dumps(answers)


def test_a_form_of_many_slow_conditions_is_refused_as_one_would_be():
    situation = Situation({}, frozenset(), NOW, allowance=feel.Allowance(seconds=0.05))

    with pytest.raises(ExpressionFailed, match="troppo tempo"):
        for _ in range(1_000):
            situation.holds("=count(for i in 1..3000 return i) = 0", {}, "lento")


@given(
    number=st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9),
    grouped=st.booleans(),
)
def test_a_number_written_in_italian_reads_back_the_same(number, grouped):
    assert amounts.readings_of(amounts.words(number, grouped=grouped))[0] == number


@given(number=st.integers(-(10**14), 10**14))
def test_a_whole_number_stays_whole(number):
    assert amounts.plain(Decimal(number)) == number


@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_a_day_reads_back_from_iso_and_from_italian(day):
    assert moments.date_of(day.isoformat()) == moments.date_of(moments.typed(day.isoformat(), "date")) == day


@given(moment=st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 — given a zone below
def test_a_moment_survives_being_shown_and_typed_again(moment):
    here = moment.replace(second=0, microsecond=0, tzinfo=moments.ROME)
    if not moments.exists(here):
        return

    again = moments.datetime_of(moments.typed(moments.stored(here, "utc_offset"), "datetime"))

    assert again.replace(tzinfo=None) == here.replace(tzinfo=None)
