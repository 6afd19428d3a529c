import importlib
import pkgutil

import desk
import engine
from engine.errors import EngineError
from web.refusals import REFUSALS

OFF_PAGE = ("engine.scenarios", "engine.dmn.tck")
"""Run from the command line alone: no page meets their refusals."""


def all_below(kind):
    return {each for below in kind.__subclasses__() for each in (below, *all_below(below))}


def modules_of(package):
    named = (found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))
    return [name for name in named if ".migrations" not in name and not name.endswith("__main__")]


def test_every_refusal_has_its_status_and_its_words():
    for name in (*modules_of(engine), *modules_of(desk)):
        importlib.import_module(name)
    met_on_pages = {kind for kind in all_below(EngineError) if not kind.__module__.startswith(OFF_PAGE)}

    assert met_on_pages - REFUSALS.keys() == set()
