import pytest

from engine.forms import RECAP
from tests.kit.drawn_forms import app, drawn, form_of, sent, text, words  # noqa: F401  # fixtures are asked for by name
from web.parts import forms as pages


class TestSteps:
    def form(self):
        names = ("chi", "cosa", "quando")
        return form_of(
            *({"type": "group", "id": name, "label": name.capitalize(), "properties": {"passo": "1"},
               "components": [text(f"campo_{name}", id=f"f{name}")]} for name in names)
        )  # fmt: skip

    def test_the_stepper_names_the_current_step_and_leads_back_to_those_done(self, drawn):
        tree = drawn(self.form().at("cosa"))

        steps = tree.xpath("//ol[@class='passi']/li")

        assert [step.get("class") for step in steps] == ["fatto", "ora", None, None]
        assert words(steps[1]) == "Passo 2 di 4: Cosa"
        assert steps[1].get("aria-current") == "step"
        assert steps[0].xpath(".//button/@value") == ["passo:chi"]

    def test_a_step_passed_by_says_what_is_missing_in_words(self, drawn):
        must = text("nome", id="nome", validate={"required": True})
        first = {"type": "group", "id": "primo", "label": "Primo", "properties": {"passo": "1"}, "components": [must]}
        last = first | {"id": "secondo", "components": [text("altro", id="altro")]}

        tree = drawn(form_of(first, last).at("secondo"))

        (passed,) = tree.xpath("//li[@class='saltato']")
        assert words(passed) == "Primo da completare"
        assert passed.xpath(".//button/@value") == ["passo:primo"]

    def test_each_step_goes_on_and_the_last_sends(self, drawn):
        values = {
            step: drawn(self.form().at(step)).xpath("//button")[-1].get("value") for step in ("chi", "quando", RECAP)
        }

        assert values == {"chi": "avanti", "quando": "avanti", RECAP: "completa"}

    def test_the_recap_shows_answers_and_leads_to_their_steps(self, drawn):
        tree = drawn(self.form().at(RECAP), {"campo_chi": "Ada"})

        assert [words(value) for value in tree.xpath("//dl/dd")] == ["Ada", "non indicato", "non indicato"]
        assert tree.xpath("//section//button/@value") == ["passo:chi", "passo:cosa", "passo:quando"]


class TestTurns:
    rows = {"type": "dynamiclist", "path": "righe", "label": "Righe", "components": [text("dove", id="dove")]}  # noqa: RUF012

    def turn(self, form, tree, button, draft=None):
        return pages.turn(form, sent(tree, button), draft)

    def test_a_row_is_added_and_taken_away_keeping_what_was_typed(self, drawn):
        form = form_of(self.rows)
        tree = drawn(form, {"righe": [{"dove": "Ivrea"}]})

        grown = self.turn(form, tree, "aggiungi:righe")
        shrunk = self.turn(form, drawn(form, grown.answers), "togli:righe-0")

        assert (grown.verb, grown.answers) == ("refresh", {"righe": [{"dove": "Ivrea"}, {"dove": ""}]})
        assert shrunk.answers == {"righe": [{"dove": ""}]}

    def test_a_choice_on_a_button_takes_the_place_of_the_one_made_before(self, drawn):
        values = [{"label": "Vengo", "value": "si"}, {"label": "Non vengo", "value": "no"}]
        asked = {"type": "radio", "key": "viene", "label": "Vieni?", "values": values, "defaultValue": "si"}
        form = form_of(asked | {"properties": {"aspetto": "pulsanti"}}, text("nota"))
        tree = drawn(form, {"nota": "Alle 9"})
        (button,) = tree.xpath("//button[. = 'Non vengo']")

        chosen = self.turn(form, tree, button.get("value"))

        assert sent(tree)["viene"] == "si"
        assert (chosen.verb, chosen.answers) == ("refresh", {"viene": "no", "nota": "Alle 9"})

    @pytest.mark.parametrize(
        ("button", "verb", "target"),
        [("avanti", "next", ""), ("completa", "complete", ""), ("salva", "save", ""), ("aggiorna", "refresh", ""),
         ("passo:chi", "go", "chi"), ("inventata", "next", ""), (None, "next", "")],
    )  # fmt: skip
    def test_each_button_says_what_was_asked_for(self, drawn, button, verb, target):
        form = TestSteps().form()

        turn = self.turn(form, drawn(form.at("cosa")), button)

        assert (turn.verb, turn.target, turn.form.step) == (verb, target, "cosa")

    def test_the_pages_own_fields_are_no_answers(self, drawn):
        form = form_of(text("a"))

        turn = self.turn(form, drawn(form, {"a": "x"}, hidden={"_revisione": "3"}), "completa")

        assert turn.answers == {"a": "x"}

    def test_a_draft_keeps_what_the_page_did_not_show_and_drops_what_the_form_never_asks(self, drawn):
        form = form_of(text("a"), text("b", conditional={"hide": "=a = null"}))
        posted = sent(drawn(form, {"a": ""}), "salva")
        posted.add("intruso", "x")

        turn = pages.turn(form, posted, {"b": "scritto prima"})

        assert turn.draft == {"a": "", "b": "scritto prima"}
        assert turn.answers["intruso"] == "x"
