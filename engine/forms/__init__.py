"""Forms drawn in form-js and asked by the server.

``load`` reads a form-js file, ``Form.view`` says what to draw, ``Form.parse`` reads what was posted, ``Form.validate``
decides what is stored. A form knows no HTML; its conditions are FEEL, its words Italian.
"""

from engine.forms.addresses import dialled, is_deliverable, is_telephone
from engine.forms.component import RECAP, Component
from engine.forms.custom import CUSTOM_PROPERTIES
from engine.forms.form import Form
from engine.forms.moments import date_of, time_of, typed_day, typed_hour
from engine.forms.reading import InvalidForm, check, choices_of, id_of, keys_of, load
from engine.forms.submission import Answers, Posted, merged
from engine.forms.view import Answer, Choice, FormStep, FormView, Item, Section

__all__ = [
    "CUSTOM_PROPERTIES",
    "RECAP",
    "Answer",
    "Answers",
    "Choice",
    "Component",
    "Form",
    "FormStep",
    "FormView",
    "InvalidForm",
    "Item",
    "Posted",
    "Section",
    "check",
    "choices_of",
    "date_of",
    "dialled",
    "id_of",
    "is_deliverable",
    "is_telephone",
    "keys_of",
    "load",
    "merged",
    "time_of",
    "typed_day",
    "typed_hour",
]
