"""DMN 1.2 to 1.5: decision tables and every other boxed expression, evaluated over FEEL.

The law of this package: it imports only ``engine.feel``, ``engine.xml`` and ``engine.errors``; a model comes in
through the one hardened XML reader; a decision that fails is null with a warning, never half a value.
"""

from engine.dmn.model import Model, Offered
from engine.dmn.refusals import InvalidModel, ModelProblem, UnknownDecision
from engine.dmn.trace import Result

__all__ = ["InvalidModel", "Model", "ModelProblem", "Offered", "Result", "UnknownDecision"]
