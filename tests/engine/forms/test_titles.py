import re

import pytest

from engine.forms import load
from engine.forms.asking import Unreadable
from engine.forms.custom import VALIDATOR
from engine.forms.titles import plain_note, plain_title
from tests.kit.places import ROOT


def refusal(title):
    with pytest.raises(Unreadable) as refused:
        plain_title(title)
    return refused.value


def test_the_words_that_explain_are_shown_beside_a_safe_title():
    refused = refusal("Forbice da potatura con doppia molla a scatto")

    assert refused.message == (
        "«con doppia molla a scatto» spiega come funziona. Scrivi solo l’ambito, per esempio «Forbice da potatura»."
    )
    assert refused.gist == "sembra spiegare come funziona l’idea"


@pytest.mark.parametrize(
    ("title", "telling"),
    [
        ("Pompa basata su un ingranaggio ellittico", "basata su un ingranaggio ellittico"),
        ("Serratura che usa un magnete rotante", "che usa un magnete rotante"),
        ("Lampada alimentata a idrogeno, da giardino", "alimentata a idrogeno, da giardino"),
        ("Vernice contenente grafene", "contenente grafene"),
        ("Filtro per acqua, dotato di membrana doppia", "dotato di membrana doppia"),
        ("Taglio mediante laser pulsato", "mediante laser pulsato"),
        ("Sedia inclinata a 37 gradi", "37 gradi"),
        ("Lega al 12,5% di titanio", "12,5%"),
        ("Slitta in cui il freno si stacca", "in cui il freno si stacca"),
    ],
)
def test_a_mechanism_a_composition_or_a_measure_is_refused(title, telling):
    assert f"«{telling}»" in refusal(title).message


@pytest.mark.parametrize(
    "title",
    [
        "Attrezzo per la potatura",
        "Gioco per bambini con disabilità",
        "Trovare un’impresa con cui lavorare",
        "Vendita tramite internet di miele",
        "Collaborare con l’università",
        "Marchio per una birra artigianale",
        "Ausilio per persone anziane",
        "Servizio con un altro Comune",
        "Nuova linea di confetture",
        "Confezione da 6",
    ],
)
def test_a_title_that_says_only_what_it_is_for_passes(title):
    assert plain_title(f"  {title} ") == title


def test_a_title_that_is_all_explanation_gets_the_fixed_example():
    assert "«Attrezzo per la potatura»" in refusal("Con una molla doppia").message


def test_the_safe_title_never_explains_either():
    message = refusal("Pompa a 12 V con doppio stadio").message

    assert message.endswith("per esempio «Attrezzo per la potatura».")


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("È una cesoia azionata da una molla di titanio.", "azionata da una molla di titanio"),
        ("Vorrebbe un brevetto.\nFunziona con due ultrasuoni", "Funziona con due ultrasuoni"),
        ("Un materiale composto da canapa e calce", "composto da canapa e calce"),
        ("Scalda fino a 300 °C", "300 °C"),
    ],
)
def test_a_note_that_explains_the_idea_is_refused_with_its_words(note, told):
    with pytest.raises(Unreadable, match=re.escape(told)):
        plain_note(note)


@pytest.mark.parametrize(
    "note",
    [
        "Ho parlato con il figlio, torna lunedì.",
        "Vuole vendere in Francia,\nnel quale mercato ha già clienti.",
        "Tel. 333 000 0000",
    ],
)
def test_a_note_about_people_and_days_passes_as_it_was_written(note):
    assert plain_note(note) == note


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ("registra", "obiettivo"),
        ("verifica", "nota_referente"),
        ("integrazione", "integrazioni_risposta"),
        ("integrazioni", "integrazioni_risposta"),
        ("telefonata", "telefonata_nota"),
    ],
)
def test_the_check_stands_on_the_free_texts_of_the_request(form, key):
    read = load((ROOT / f"forms/richiesta/{form}.json").read_bytes(), form)
    checks = {part.text("key"): part.custom(VALIDATOR) for top in read.components for part in top.walk()}

    assert checks[key] == "testo-non-riservato"
