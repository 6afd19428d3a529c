"""The clock on the wall: dates without a zone, whole days and «today» are those of Italy."""

from typing import Final
from zoneinfo import ZoneInfo

ROME: Final = ZoneInfo("Europe/Rome")
