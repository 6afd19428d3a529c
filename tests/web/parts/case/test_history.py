from datetime import UTC, datetime, timedelta

import pytest

from desk.calendar import ITALY
from engine.history import EventType
from engine.store import Event
from web.parts.case.history import days, entries, newest_first, value_words
from web.parts.case.reasons import explain
from web.words.deadlines import deadline, explanation

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
NAMES = {"sara": "Sara Esempio", "paolo": "Paolo Modelli"}


def told(kind, *, actor="sara", name="Prima analisi", **facts):
    (entry,) = entries([Event(NOW, kind, "analizza", name, actor, facts)], NAMES)
    return f"{entry.chi or ''} {entry.che}".strip(), entry.sotto


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"note": "documento_aggiunto", "id": "1", "size": 9}, "Sara Esempio ha aggiunto un documento."),
        ({"note": "busta_aperta", "ruolo": "Analista"}, "Sara Esempio ha aperto la busta riservata."),
        (
            {"note": "busta_conflitto", "persona": "paolo"},
            "Sara Esempio ha registrato un conflitto d’interessi di Paolo Modelli.",
        ),
        (
            {"note": "deposito", "what": "busta", "sha256": "0" * 64},
            "Sara Esempio ha depositato qualcosa nella busta riservata: la sua impronta è sulla ricevuta.",
        ),
    ],
)
def test_a_note_of_the_desk_is_told_by_its_code(facts, sentence):
    assert told(EventType.NOTED, name=None, **facts)[0] == sentence


def test_a_note_without_words_is_not_told():
    event = Event(NOW, EventType.NOTED, None, None, "sara", {"note": "something of the program's own"})

    assert list(entries([event], NAMES)) == []
    assert newest_first([event], NAMES, only="persone") == []


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        ({"kind": EventType.TASK_CLAIMED}, "Sara Esempio ha preso in carico «Prima analisi»."),
        ({"kind": EventType.TASK_UNCLAIMED}, "Sara Esempio ha rilasciato «Prima analisi»."),
        (
            {"kind": EventType.TASK_ASSIGNED, "to": "paolo"},
            "Sara Esempio ha assegnato «Prima analisi» a Paolo Modelli.",
        ),
        ({"kind": EventType.TASK_COMPLETED}, "Sara Esempio ha completato «Prima analisi»."),
        ({"kind": EventType.TASK_CANCELED, "actor": "motore"}, "Non serve più «Prima analisi»."),
        ({"kind": EventType.TIMER_FIRED, "actor": "motore"}, "È scaduto il termine «Prima analisi»."),
        ({"kind": EventType.INSTANCE_COMPLETED, "name": None}, "La pratica è conclusa."),
        ({"kind": EventType.INSTANCE_COMPLETED, "name": "Ritirata"}, "La pratica è conclusa: «Ritirata»."),
    ],
)
def test_every_event_is_a_sentence_with_a_subject(event, sentence):
    assert told(**event)[0] == sentence


def test_a_case_that_was_cancelled_says_why():
    assert told(EventType.INSTANCE_CANCELED, reason="doppione") == (
        "Sara Esempio ha annullato la pratica.",
        "Motivo: doppione",
    )


def test_a_decision_without_reasons_tells_its_value():
    sentence, beneath = told(
        EventType.DECISION_MADE, name=None, decision="triage", value={"urgenza": "alta", "pronta": True}
    )

    assert sentence == "La tabella «triage» dice: urgenza: alta, pronta: sì."
    assert beneath == "calcolato dalla tabella «triage»"


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "niente"), (False, "no"), ([], "niente"), (["a", "b"], "a, b"), ("da_chiarire", "da chiarire"), (3, "3")],
)
def test_values_are_told_as_people_read_them(value, words):
    assert value_words(value) == words


def test_days_are_told_newest_first_and_so_are_their_events():
    before = NOW - timedelta(1)
    events = [
        Event(before, EventType.INSTANCE_STARTED, None, None, "sara", {}),
        Event(NOW, EventType.TASK_CLAIMED, "a", "Uno", "sara", {}),
        Event(NOW, EventType.TASK_COMPLETED, "a", "Due", "sara", {}),
    ]

    found = days(newest_first(events, NAMES))

    assert [(day.giorno.day, [entry.event.name for entry in day.voci]) for day in found] == [
        (23, ["Due", "Uno"]),
        (22, [None]),
    ]


def rule(number, annotation="", gives="alta", **cells):
    named = [
        {"input": label, "cell": "-", "value": value, "measure": value.isdigit()} for label, value in cells.items()
    ]
    return {"rule": number, "annotation": annotation, "cells": named, "gives": gives}


def reason(result, matched, unmatched=(), policy="PRIORITY", default=False):  # noqa: FBT002 — as the trace says it
    table = {"table": "urgenza", "label": "Urgenza", "hit_policy": policy, "result": result, "default": default}
    [found] = explain({"trace": [{**table, "matched": list(matched), "unmatched": list(unmatched)}]})
    return found


def test_a_rule_without_a_note_is_told_by_what_it_looked_at():
    assert reason("alta", [rule(3, Giorni="12")]).contano == ("giorni: 12 (regola 3)",)


def test_a_rule_that_looks_at_nothing_holds_always():
    assert reason("alta", [rule(3)]).contano == ("vale in ogni caso (regola 3)",)


def test_a_note_is_told_with_the_measures_it_cannot_know():
    found = reason("alta", [rule(3, "la data è vicina", Giorni="12", Rischio="nessuno")])

    assert found.contano == ("la data è vicina (giorni: 12; regola 3)",)


def test_rules_passed_over_are_told_in_their_authors_words():
    unmatched = [rule(1, "c’è una domanda", Giorni="–"), rule(2, "l’idea è stata mostrata", Rischio="nessuno"), rule(9)]

    assert reason("alta", [rule(3, "c’è una fiera")], unmatched).non_contano == (
        "la regola 2 non vale: «l’idea è stata mostrata»",
    )


def test_a_true_rule_that_a_higher_answer_outranks_is_no_reason_for_it():
    found = reason("alta", [rule(2, "c’è un concorrente", "media"), rule(3, "c’è una fiera")])

    assert found.contano == ("c’è una fiera (regola 3)",)
    assert found.non_contano == ("da sola direbbe «media»: c’è un concorrente (regola 2)",)


def test_rules_below_one_that_decided_rule_nothing_out():
    matched, unmatched = [rule(1, "c’è una domanda"), rule(4, "c’è una fiera")], [rule(2, "è lontana", PEC="no")]

    assert reason("alta", matched, unmatched).non_contano == ()


def test_an_acronym_keeps_its_capitals():
    assert reason("alta", [rule(3, PEC="12")]).contano == ("PEC: 12 (regola 3)",)


def test_of_a_table_without_ranks_only_what_holds_is_told():
    assert reason("alta", [rule(3, "c’è una fiera")], [rule(1, "no", Rischio="b")], policy="UNIQUE").non_contano == ()


def test_of_a_list_each_item_is_told_with_its_own_reason():
    matched = [rule(1, "serve", "il telefono"), rule(4, "la preferisce", "l’e-mail")]
    found = reason(["il telefono", "l’e-mail"], matched, [rule(2, "manca", Telefono="333")], "COLLECT")

    assert found.titolo == "Urgenza: il telefono e l’e-mail"
    assert found.contano == ("il telefono: serve (regola 1)", "l’e-mail: la preferisce (regola 4)")
    assert found.non_contano == ()
    assert found.frase == "Urgenza: il telefono e l’e-mail."


def test_an_answer_that_no_rule_gave_is_the_one_for_other_cases():
    found = reason("normale", [], [rule(1, "c’è una fiera", Giorni="90")], default=True)

    assert found.frase == "Urgenza normale: nessuna regola vale, e questa è la risposta per gli altri casi."
    assert found.non_contano == ()


@pytest.mark.parametrize(
    ("matched", "said"),
    [
        ([], "Urgenza senza risposta: nessuna regola vale."),
        (
            [rule(1, "c’è una fiera"), rule(2, "non c’è fretta", "bassa")],
            "Urgenza senza risposta: valgono insieme regole che si contraddicono; "
            "alta: c’è una fiera (regola 1); bassa: non c’è fretta (regola 2).",
        ),
    ],
)
def test_a_table_without_an_answer_says_why(matched, said):
    assert reason(None, matched, policy="UNIQUE").frase == said


def test_a_list_that_came_out_empty_says_nothing():
    table = {"table": "mancanze", "label": "Che cosa manca", "hit_policy": "COLLECT", "result": [], "default": False}

    assert list(explain({"trace": [{**table, "matched": [], "unmatched": []}]})) == []


def test_a_term_that_ended_on_the_last_working_day_is_late_since_that_day():
    sunday = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
    friday = datetime(2026, 11, 20, 22, 59, 59, tzinfo=UTC)

    assert deadline(friday, sunday, ITALY).parole == "appena scaduta"


def test_an_explanation_counts_one_day_as_one():
    assert explanation(NOW, NOW + timedelta(1), ITALY).startswith("1 giorno lavorativo da lunedì 23 novembre")
