from engine.errors import EngineError
from web.refusals import REFUSALS


def all_below(kind):
    return {each for below in kind.__subclasses__() for each in (below, *all_below(below))}


def test_every_refusal_has_its_status_and_its_words():
    assert all_below(EngineError) - REFUSALS.keys() == set()
