"""The smallest DMN texts that a test needs."""

HEAD = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="prova" '
    'namespace="urn:{namespace}">{body}</definitions>'
)


def a_model(body, namespace="prova"):
    return HEAD.format(body=body, namespace=namespace).encode()


def literal(text, name="d", extra="", type_ref=""):
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    return (
        f'<decision id="{name}" name="{name}"><variable name="{name}"{typed}/>{extra}'
        f"<literalExpression><text>{escaped(text)}</text></literalExpression></decision>"
    )


def boxed(xml, name="d", extra=""):
    return f'<decision id="{name}" name="{name}"><variable name="{name}"/>{extra}{xml}</decision>'


def text(expression):
    return f"<literalExpression><text>{escaped(expression)}</text></literalExpression>"


def requires(kind, identifier):
    outer = "knowledgeRequirement" if kind == "requiredKnowledge" else "informationRequirement"
    return f'<{outer}><{kind} href="#{identifier}"/></{outer}>'


def a_table(rules, policy="UNIQUE", inputs=("x",), outputs=('<output name="esito"/>',), name="d"):
    hit = f'hitPolicy="COLLECT" aggregation="{policy.split()[1]}"' if policy.startswith("COLLECT ") else ""
    columns = "".join(
        f'<input label="{label}"><inputExpression><text>{label}</text></inputExpression></input>' for label in inputs
    )
    rows = "".join(_rule(cells, len(inputs)) for cells in rules)
    return boxed(
        f'<decisionTable {hit or f"""hitPolicy="{policy}" """}>{columns}{"".join(outputs)}{rows}</decisionTable>', name
    )


def _rule(cells, inputs):
    entries = [f"<inputEntry><text>{escaped(cell)}</text></inputEntry>" for cell in cells[:inputs]]
    entries += [f"<outputEntry><text>{escaped(cell)}</text></outputEntry>" for cell in cells[inputs:]]
    return f"<rule>{''.join(entries)}</rule>"


def escaped(expression):
    return expression.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
