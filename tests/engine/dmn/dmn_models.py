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


def requires(kind, *identifiers, namespace=""):
    outer = "knowledgeRequirement" if kind == "requiredKnowledge" else "informationRequirement"
    return "".join(f'<{outer}><{kind} href="{namespace}#{each}"/></{outer}>' for each in identifiers)


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


def an_input(name, type_ref="", identifier=""):
    return f'<inputData id="{identifier or name}" name="{name}"><variable name="{name}"{_typed(type_ref)}/></inputData>'


def a_decision(body, name="d", type_ref="", extra=""):
    return f'<decision id="{name}" name="{name}"><variable name="{name}"{_typed(type_ref)}/>{extra}{body}</decision>'


def an_item(name, type_ref="", *components, allowed="", collection=False, kind="itemDefinition"):
    parts = f"<typeRef>{type_ref}</typeRef>" if type_ref else ""
    parts += f"<allowedValues><text>{escaped(allowed)}</text></allowedValues>" if allowed else ""
    return f'<{kind} name="{name}" isCollection="{str(collection).lower()}">{parts}{"".join(components)}</{kind}>'


def a_constraint(expression):
    return f"<typeConstraint><text>{escaped(expression)}</text></typeConstraint>"


def a_component(name, type_ref="", *components, collection=False):
    return an_item(name, type_ref, *components, collection=collection, kind="itemComponent")


def knowledge(name, parameters, body, extra="", type_ref=""):
    formal = "".join(f'<formalParameter name="{each}"/>' for each in parameters)
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}"><variable name="{name}"{_typed(type_ref)}/>'
        f"<encapsulatedLogic>{formal}{body}</encapsulatedLogic>{extra}</businessKnowledgeModel>"
    )


def a_service(outputs, inputs=(), decisions=(), name="servizio"):
    kinds = (("outputDecision", outputs), ("inputDecision", decisions), ("inputData", inputs))
    parts = "".join(f'<{kind} href="#{each}"/>' for kind, identifiers in kinds for each in identifiers)
    return f'<decisionService id="{name}" name="{name}"><variable name="{name}"/>{parts}</decisionService>'


def an_import(namespace, name):
    kind = "https://www.omg.org/spec/DMN/20230324/MODEL/"
    return f'<import namespace="urn:{namespace}" name="{name}" importType="{kind}"/>'


def _typed(type_ref):
    return f' typeRef="{type_ref}"' if type_ref else ""
