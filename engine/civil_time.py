"""The time zone by which dates without one, whole days and «today» are counted: Italy's."""

from typing import Final
from zoneinfo import ZoneInfo

ROME: Final = ZoneInfo("Europe/Rome")
