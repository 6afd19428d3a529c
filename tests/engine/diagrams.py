"""The smallest diagrams, written as their nodes and arrows."""

from __future__ import annotations

from itertools import count, pairwise
from pathlib import Path

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"\n'
    ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\n'
    ' targetNamespace="http://example.org/test">\n'
)


def start(id_: str = "start", body: str = "") -> str:
    return f'<bpmn:startEvent id="{id_}" name="Inizio">{body}</bpmn:startEvent>'


def end(id_: str = "end", body: str = "") -> str:
    return f'<bpmn:endEvent id="{id_}" name="Fine">{body}</bpmn:endEvent>'


def user(id_: str, group: str = "Referente", attributes: str = "", body: str = "") -> str:
    return f'<bpmn:userTask id="{id_}" name="Fai {id_}" camunda:candidateGroups="{group}" {attributes}>{body}</bpmn:userTask>'


def service(id_: str, topic: str, body: str = "") -> str:
    return (
        f'<bpmn:serviceTask id="{id_}" name="Servi {id_}" camunda:type="external" camunda:topic="{topic}">'
        f"{body}</bpmn:serviceTask>"
    )


def gateway(kind: str, id_: str, attributes: str = "") -> str:
    return f'<bpmn:{kind}Gateway id="{id_}" name="{id_}" {attributes} />'


def timer(id_: str, task: str, duration: str, *, interrupting: bool = True, kind: str = "timeDuration") -> str:
    cancels = "true" if interrupting else "false"
    return (
        f'<bpmn:boundaryEvent id="{id_}" name="{id_}" attachedToRef="{task}" cancelActivity="{cancels}">'
        f"<bpmn:timerEventDefinition><bpmn:{kind}>{duration}</bpmn:{kind}></bpmn:timerEventDefinition>"
        "</bpmn:boundaryEvent>"
    )


def flow(source: str, target: str, condition: str | None = None) -> str:
    inner = (
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="feel">{condition}</bpmn:conditionExpression>'
        if condition
        else ""
    )
    return f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'


def path(*nodes: str) -> str:
    """Arrows along a row of nodes."""
    return "".join(flow(source, target) for source, target in pairwise(nodes))


def process(key: str, *parts: str, outside: str = "") -> bytes:
    body = "\n".join(parts)
    return (
        f'{HEAD}{outside}<bpmn:process id="{key}" name="Prova {key}" isExecutable="true" '
        f'camunda:historyTimeToLive="P30D">\n{body}\n</bpmn:process></bpmn:definitions>'
    ).encode()


_folders = count()


def folder(tmp_path: Path, key: str, *parts: str, outside: str = "") -> Path:
    """Write a process folder that can be deployed."""
    made = tmp_path / f"{key}-{next(_folders)}"
    made.mkdir()
    (made / f"{key}.bpmn").write_bytes(process(key, *parts, outside=outside))
    return made


def line(tmp_path: Path, key: str = "riga", tasks: int = 1, **options: str) -> Path:
    """Start, some user tasks in a row, end."""
    names = [f"t{number}" for number in range(1, tasks + 1)]
    return folder(
        tmp_path, key, start(), *(user(name, **options) for name in names), end(), path("start", *names, "end")
    )
