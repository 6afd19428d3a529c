"""Names that no expression of a decision table's model can see, told in their place (DMN 1.5, section 10.4)."""

import pytest

from engine import dmn

RULES = ("unknown-name", "wrong-call")


def model(body):
    head = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="m" namespace="urn:m">\n'
    return f"{head}{body}\n</definitions>".encode()


def decision(boxed, extra=""):
    return f'<decision id="d" name="Decide">{extra}\n{boxed}</decision>'


def text(expression):
    return f"<literalExpression><text>{expression}</text></literalExpression>"


REQUIRES = '<informationRequirement><requiredInput href="#i"/></informationRequirement>'
KNOWS = '<knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>'
DATA = '<inputData id="i" name="importo"/>'
FUNCTION = (
    '<businessKnowledgeModel id="b" name="il doppio"><encapsulatedLogic><formalParameter name="base imponibile"/>'
    f"{text('base imponibile * 2')}</encapsulatedLogic></businessKnowledgeModel>"
)
ENTRY = '<contextEntry><variable name="{}"/>{}</contextEntry>'
TABLE = (
    '<decisionTable hitPolicy="FIRST"><input><inputExpression><text>importo</text></inputExpression><inputValues><text>[1..importo]</text>'
    '</inputValues></input><output name="x"><outputValues><text>"a", nome</text></outputValues><defaultOutputEntry><text>'
    'nome</text></defaultOutputEntry></output><annotation name="n"/><rule><inputEntry><text>not(&gt; importo, ? = 3)'
    "</text></inputEntry><outputEntry><text>nome</text></outputEntry><annotationEntry><text>parole libere</text>"
    "</annotationEntry></rule><rule><inputEntry><text>-</text></inputEntry><outputEntry><text>-</text></outputEntry>"
    "</rule></decisionTable>"
)
SOUND_TABLES = {
    "the case's variables": decision(text("importo + count(righe[voce = nome])")),
    "what a decision requires": decision(text("importo + altra decisione"), REQUIRES + (
        '<informationRequirement><requiredDecision href="#e"/></informationRequirement>'
    )) + DATA + f'<decision id="e" name="altra decisione">{text("1")}</decision>',
    "a function and its parameters": decision(
        f'<invocation>{text("il doppio")}<binding><parameter name="base imponibile"/>{text("importo")}</binding>'
        "</invocation>", KNOWS) + FUNCTION,
    "a function called by name": decision(text("il doppio(base imponibile: importo)"), KNOWS) + FUNCTION,
    "a function that calls itself": decision(text("b(1)"), KNOWS)
    + f'<businessKnowledgeModel id="b" name="b"><encapsulatedLogic><formalParameter name="n"/>'
    f"{text('if n = 0 then 0 else b(n - 1)')}</encapsulatedLogic></businessKnowledgeModel>",
    "entries of a context, in order": decision(
        f"<context>{ENTRY.format('primo', text('1'))}{ENTRY.format('secondo dato', text('primo + 1'))}"
        f"<contextEntry>{text('primo + secondo dato')}</contextEntry></context>"
    ),
    "a boxed function": decision(
        "<context>"
        + ENTRY.format("f", f'<functionDefinition><formalParameter name="x"/>{text("x + 1")}</functionDefinition>')
        + f"<contextEntry>{text('f(1)')}</contextEntry></context>"
    ),
    "loops": decision(
        f'<for iteratorVariable="n"><in>{text("[1, 2]")}</in><return>{text("n + sum(partial)")}</return></for>'
    ),
    "quantifiers": decision(
        f'<some iteratorVariable="n"><in>{text("[1]")}</in><satisfies>{text("n &gt; importo")}</satisfies></some>'
    ),
    "filters": decision(f"<filter><in>{text('righe')}</in><match>{text('voce = item.altro')}</match></filter>"),
    "conditionals, lists and relations": decision(
        f"<list><conditional><if>{text('importo = 1')}</if><then>{text('nome')}</then><else>{text('null')}</else>"
        f'</conditional><relation><column name="a b"/><row>{text("nome")}</row></relation></list>'
    ),
    "every part of a table": decision(TABLE),
    "a decision service": decision(text("servizio(1)"), KNOWS.replace("#b", "#s"))
    + '<decisionService id="s" name="servizio"><outputDecision href="#e"/><inputData href="#j"/></decisionService>'
    + '<inputData id="j" name="parametro"/>'
    + f'<decision id="e" name="e">{REQUIRES.replace("#i", "#j")}{text("parametro + 1")}</decision>',
    "types": '<itemDefinition name="t"><typeRef>string</typeRef><allowedValues><text>"a", "b"</text></allowedValues>'
    "</itemDefinition>" + decision(text("1")),
    "a function of the host": decision(text("working days between(importo, nome)")),
}  # fmt: skip
WRONG_TABLES = {
    "nothing has it": (decision(text("importto + 1")), 3, 1),
    "not required": (decision(text("e + 1")) + f'<decision id="e" name="e">{text("1")}</decision>', 3, 1),
    "entry after it": (
        decision(f"<context>{ENTRY.format('a', text('bb'))}{ENTRY.format('bb', text('1'))}</context>"), 3, 1,
    ),
    "parameter of another": (decision(text("1 + base imponibile"), KNOWS) + FUNCTION, 3, 5),
    "in a function": (decision("") + FUNCTION.replace("imponibile * 2", "imponibbile * 2"), 3, 1),
    "iterator outside": (
        decision(f'<for iteratorVariable="n"><in>{text("[n]")}</in><return>{text("n")}</return></for>'), 3, 2,
    ),
    "partial outside for": (
        decision(f'<some iteratorVariable="n"><in>{text("[1]")}</in><satisfies>{text("partial")}</satisfies></some>'),
        3, 1,
    ),
    "filter's source": (decision(f"<filter><in>{text('rige')}</in><match>{text('x')}</match></filter>"), 3, 1),
    "binding": (
        decision(f'<invocation>{text("il doppio")}<binding><parameter name="base imponibile"/>{text(" sogla")}</binding>'
                 "</invocation>", KNOWS) + FUNCTION, 3, 2,
    ),
    "input expression": (decision(TABLE.replace(">importo<", ">\n  importto<")), 4, 3),
    "cell": (decision(TABLE.replace("&gt; importo", "&gt; importto")), 3, 7),
    "output": (decision(TABLE.replace("<outputEntry><text>nome", "<outputEntry>\n<text>\n\n nomme")), 6, 2),
    "default": (decision(TABLE.replace("<text>nome</text></default", "<text>nomme</text></default")), 3, 1),
    "listed outputs": (decision(TABLE.replace('"a", nome', '"a", nomme')), 3, 6),
    "allowed inputs": (decision(TABLE.replace("[1..importo]", "[1..importto]")), 3, 5),
    "allowed values": (
        '<itemDefinition name="t"><typeRef>string</typeRef><allowedValues><text>alta</text></allowedValues>'
        "</itemDefinition>" + decision(""), 2, 1,
    ),
    "input data": (decision(text("importto"), REQUIRES) + DATA.replace("importo", "importto"), 3, 0),
}  # fmt: skip


@pytest.mark.parametrize("table", SOUND_TABLES.values(), ids=SOUND_TABLES.keys())
def test_nothing_is_told_of_names_that_a_table_sees(deployed, table):
    found = deployed(files={"d.dmn": model(table)}, functions=["working days between"])

    assert found == []


@pytest.mark.parametrize(("table", "line", "column"), WRONG_TABLES.values(), ids=WRONG_TABLES.keys())
def test_a_name_that_a_table_does_not_see_is_told_in_its_place(deployed, table, line, column):
    found = [each for each in deployed(files={"d.dmn": model(table)}) if each.rule in RULES]

    assert [(each.file, each.line, each.column, each.stops) for each in found] == [("d.dmn", line, column, False)]


def test_a_name_that_the_model_declares_is_seen_by_what_requires_it_alone(deployed):
    table = model(decision(text("nome")) + f'<decision id="e" name="nome">{text("1")}</decision>')

    (found,) = deployed(files={"d.dmn": table})

    assert (
        found.message
        == '«Decide» ha un’espressione da rivedere alla colonna 1: «nome» non esiste: se è un testo, si scrive "nome".'
    )
    assert "collegalo a questa" in found.advice
    assert dmn.Model.load(table).evaluate("d", {"nome": 1}).value is None


def test_a_cell_is_named_by_its_rule(deployed):
    table = TABLE.replace("<text>-</text></outputEntry>", "<text>nomme</text></outputEntry>")

    (found,) = deployed(files={"d.dmn": model(decision(table))})

    assert found.message == (
        "«Decide» ha un’espressione da rivedere alla regola 2, colonna «x»: «nomme» non esiste: intendevi «nome»?"
    )


def test_an_imported_model_is_seen_under_its_name_and_told_in_its_own_file(deployed):
    imported = lambda body: model(body).replace(b"urn:m", b"urn:n")  # noqa: E731
    importing = '<import name="altro" namespace="urn:n" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
    requires = KNOWS.replace("#b", "urn:n#b")
    files = {"a.dmn": model(importing + decision(text("altro.il doppio(importo)"), requires))}

    sound = deployed(files={**files, "b.dmn": imported(FUNCTION)})
    found = deployed(files={**files, "b.dmn": imported(FUNCTION.replace("imponibile * 2", "imponibile *"))})

    assert sound == []
    assert [(each.file, each.rule, each.line, each.column) for each in found] == [("b.dmn", "decision-faulty", 2, 18)]


def test_names_that_a_model_may_read_from_anywhere_are_its_callers():
    loaded = dmn.Model.load(model(decision(text("qualcosa"))))

    assert loaded.unsound({"qualcosa"}) == []
    assert [each.message for each in loaded.unsound({"altro"})] == [
        '«qualcosa» non esiste: se è un testo, si scrive "qualcosa".'
    ]


def test_rules_that_contradict_each_other_are_told_on_the_line_of_the_later_one(deployed):
    table = TABLE.replace('hitPolicy="FIRST"', 'hitPolicy="UNIQUE"').replace("<rule>", "\n<rule>")

    (found,) = deployed(files={"d.dmn": model(decision(table))})

    assert (found.rule, found.kind, found.line, found.element) == ("table-contradiction", "advice", 5, "d")
    assert found.message.startswith("«Decide», regola 2: vale insieme alla regola 1")
