import json

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from engine import forms
from engine.problems import FieldError
from tests.kit.drawn_forms import EVERYTHING, NOW, app, by_id, drawn, form_of, sent, text, words  # noqa: F401  # fixtures are asked for by name
from web.parts import forms as pages


def test_every_control_has_a_label_or_a_legend_of_its_own(drawn):
    tree = drawn(form_of(*EVERYTHING))

    controls = tree.xpath("//input[not(@type='hidden')] | //select | //textarea")

    assert len(controls) > 20
    for control in controls:
        assert len(tree.xpath("//label[@for=$id]", id=control.get("id"))) == 1
    ids = [element.get("id") for element in tree.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))


def test_groups_of_choices_are_fieldsets_with_their_question_as_legend(drawn):
    tree = drawn(form_of(*EVERYTHING))

    legends = {words(legend) for legend in tree.xpath("//fieldset/legend")}

    assert {"Voci", "Segni", "Risposta *", "Quando", "Sede", "Righe", "Riga 1"} <= legends


def test_help_error_and_counter_are_tied_to_the_field_in_this_order(drawn):
    tree = drawn(form_of(*EVERYTHING), {"titolo": "abc"}, errors=[FieldError("titolo", "Titolo", "Manca.", "manca")])

    field = by_id(tree, "prova-titolo")
    described = [words(by_id(tree, name)) for name in field.get("aria-describedby").split()]

    assert described == ["Di’ che cos’è.", "Errore: Manca.", "3 caratteri su 80"]
    assert field.get("aria-invalid") == "true"
    order = [element.tag if element.get("class") is None else element.get("class") for element in field.getparent()]
    assert order == ["label", "aiuto", "messaggio", "input", "conta-car"]


def test_every_description_points_at_something(drawn):
    errors = [
        FieldError(name, name, "No.") for name in ("voci", "risposta", "quando", "righe", "righe-0-dove", "consenso")
    ]
    tree = drawn(form_of(*EVERYTHING), errors=errors)

    references = [
        name for element in tree.xpath("//*[@aria-describedby]") for name in element.get("aria-describedby").split()
    ]

    assert len(references) > 8
    assert all(tree.xpath("//*[@id=$name]", name=name) for name in references)


def test_the_error_summary_links_to_each_field_and_takes_the_focus(drawn):
    errors = [
        FieldError("risposta", "Risposta", "Scegli.", "manca"),
        FieldError("righe-0-dove", "Dove (riga 1)", "Compila."),
    ]
    tree = drawn(form_of(*EVERYTHING), errors=errors)

    summary = by_id(tree, "errori")
    links = [(link.get("href"), words(link)) for link in summary.xpath(".//a")]

    assert links == [("#prova-risposta", "Risposta: manca"), ("#prova-righe-0-dove", "Dove (riga 1): Compila.")]
    assert all(by_id(tree, link.removeprefix("#")).tag == "input" for link, _ in links)
    assert (summary.get("role"), summary.get("tabindex"), "autofocus" in summary.attrib) == ("alert", "-1", True)
    assert words(by_id(tree, "errori-titolo")) == "Correggi 2 campi per andare avanti"


def test_an_error_of_a_field_not_on_the_page_is_told_without_a_link(drawn):
    tree = drawn(form_of(text("a")), errors=[FieldError("intruso", "intruso", "Il modulo non ha questo campo.")])

    assert by_id(tree, "errori").xpath(".//a") == []
    assert "intruso: Il modulo non ha questo campo." in words(by_id(tree, "errori"))


def test_two_forms_on_one_page_share_no_id(app):
    twins = [
        forms.load(json.dumps({"id": name, "components": [{"id": "a", **text("a")}]}).encode(), name)
        for name in ("uno", "due")
    ]

    with app.test_request_context("/"):
        drawn = [pages.render(form.view(None, variables={}, roles=(), now=NOW), pages.FormPage("/")) for form in twins]
    ids = [element.get("id") for tree in map(html.fromstring, map(str, drawn)) for element in tree.xpath("//*[@id]")]

    assert ids == ["uno-a", "due-a"]


def test_what_a_person_typed_never_becomes_markup(drawn):
    nasty = '"><script>alert(1)</script>'
    tree = drawn(
        form_of(*EVERYTHING),
        {"titolo": nasty, "testo": f"</textarea>{nasty}", "cerca": nasty},
        variables={"letto": nasty},
    )

    assert tree.xpath("//script") == []
    assert by_id(tree, "prova-titolo").value == nasty


def test_the_designers_markdown_can_neither_run_nor_load_anything(drawn):
    source = "<b onclick=x>no</b> [qui](javascript:alert(1)) [là](https://esempio.example) ![x](https://altrove.example/x.png)"
    tree = drawn(form_of({"type": "text", "text": source}))

    shown = tree.xpath("//div[@class='testo']")[0]

    assert [link.get("href") for link in shown.xpath(".//a")] == ["https://esempio.example"]
    assert shown.xpath(".//b | .//img | .//@onclick") == []


def test_headings_of_a_text_start_below_the_pages(drawn):
    tree = drawn(form_of({"type": "text", "text": "# Uno\n\n## Due"}), title="Pagina")

    assert [(heading.tag, words(heading)) for heading in tree.xpath("//h1 | //h2 | //h3 | //h4")] == [
        ("h2", "Pagina"), ("h3", "Uno"), ("h4", "Due"),
    ]  # fmt: skip


def test_a_text_with_a_tone_is_a_note_with_its_title(drawn):
    note = {"type": "text", "text": "### Non descrivere qui\nBasta *poco*.", "properties": {"tono": "attesa"}}

    (box,) = drawn(form_of(note)).xpath("//div[@class='nota attesa']")

    assert [words(paragraph) for paragraph in box.xpath("./p")] == ["Non descrivere qui", "Basta poco."]
    assert box.xpath("./p[@class='titolo']")
    assert box.xpath(".//em")


def test_a_note_may_have_a_paragraph_in_bold_for_a_title(drawn):
    source = "**Non descrivere qui**\n\nBasta **poco**, davvero **poco**.\n\n**In parte** in grassetto."

    (box,) = drawn(form_of({"type": "text", "text": source, "properties": {"tono": "info"}})).xpath(
        "//div[@class='nota']"
    )

    assert [words(paragraph) for paragraph in box.xpath("./p")][:1] == ["Non descrivere qui"]
    assert len(box.xpath("./p[@class='titolo']")) == 1
    assert len(box.xpath(".//strong")) == 3


def test_a_long_list_that_may_be_searched_offers_suggestions(drawn):
    tree = drawn(form_of(*EVERYTHING))

    field = by_id(tree, "prova-cerca")

    assert len(by_id(tree, field.get("list")).xpath("./option")) == 25
    assert by_id(tree, "prova-scelta").tag == "select"


def test_a_page_carries_no_inline_style_nor_script(drawn):
    tree = drawn(form_of(*EVERYTHING), draft="/bozza", saved="10:14", later=True)

    assert tree.xpath("//@style | //style | //script | //@*[starts-with(name(), 'on')]") == []


def test_a_page_sends_back_what_it_shows(drawn):
    form = form_of(*EVERYTHING)
    answers = {
        "titolo": "Così «com’è»", "testo": "\nprima\nseconda", "numero": "dodici", "consenso": True, "voci": ["v1", "v3"],
        "segni": [], "risposta": "no", "scelta": "v2", "cerca": "000004", "giorno": "31/2/26", "ora": "9.5",
        "quando": "17/12/2026 ", "sede": {"via": {"nome": "Roma"}}, "righe": [{"dove": "a", "come": ""}, {"dove": "", "come": "b"}],
    }  # fmt: skip

    back = pages.turn(form, sent(drawn(form, answers))).answers

    assert back == {**answers, "cerca": "Comune 4"}


@settings(max_examples=25, deadline=None)
@given(
    line=st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\u2028\u2029\x85")),
    rows=st.lists(
        st.fixed_dictionaries({"dove": st.sampled_from(["", "qui", "<&>"]), "come": st.just("")}), max_size=3
    ),
    chosen=st.lists(st.sampled_from(["v0", "v1", "v2"]), unique=True).map(sorted),
)
def test_any_answer_survives_the_page(drawn, line, rows, chosen):
    form = form_of(*EVERYTHING)
    answers = {"titolo": line, "righe": rows, "voci": chosen}

    back = pages.turn(form, sent(drawn(form, answers))).answers

    assert {name: back[name] for name in answers} == answers


def test_a_read_only_field_is_words_and_sends_nothing(drawn):
    tree = drawn(form_of(*EVERYTHING), variables={"letto": "Burolo"})

    assert "Burolo" in words(by_id(tree, "prova-letto").getparent())
    assert "letto" not in sent(tree)


def test_side_by_side_fields_say_their_width_in_classes(drawn):
    tree = drawn(form_of(*EVERYTHING))

    (line,) = tree.xpath("//div[@class='riga-16']")

    assert [cell.get("class") for cell in line] == ["largo-6", "largo-10"]


def test_the_return_key_presses_the_main_button(drawn):
    tree = drawn(form_of(*EVERYTHING), submit="Manda")

    first, last = tree.xpath("//button[@type='submit']")[0], tree.xpath("//button")[-1]

    assert (first.get("name"), first.get("value"), first.get("tabindex")) == ("_azione", "completa", "-1")
    assert (last.get("value"), words(last)) == ("completa", "Manda")


def test_a_form_that_reacts_offers_a_button_where_there_is_no_javascript(drawn):
    still = drawn(form_of(text("a")))
    live = drawn(form_of(text("a"), text("b", conditional={"hide": "=a = null"})))

    assert still.xpath("//noscript") == []
    assert [button.get("value") for button in live.xpath("//noscript//button")] == ["aggiorna"]


def test_a_full_list_offers_no_row_more(drawn):
    rows = {"type": "dynamiclist", "path": "righe", "label": "Righe", "components": [text("a", id="a")]}

    tree = drawn(form_of(rows), {"righe": [{}] * 200})

    assert tree.xpath("//button[@value='aggiungi:righe']") == []
    assert len(tree.xpath("//button[starts-with(@value, 'togli:righe-')]")) == 200
