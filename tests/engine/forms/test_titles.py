import pytest

from engine.forms.asking import Unreadable
from engine.forms.titles import plain_title


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
