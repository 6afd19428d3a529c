"""Scenarios: cases that a designer writes down in YAML, played to the end on a database of their own.

They show, before a diagram is deployed, that every path leads where its author meant; ``docs/scenari.md`` tells
designers how to write them.
"""

from engine.scenarios.coverage import Coverage
from engine.scenarios.player import play
from engine.scenarios.reading import InvalidScenario, load
from engine.scenarios.report import Played, Report, play_folder
from engine.scenarios.script import Scenario
from engine.scenarios.words import told

__all__ = ["Coverage", "InvalidScenario", "Played", "Report", "Scenario", "load", "play", "play_folder", "told"]
