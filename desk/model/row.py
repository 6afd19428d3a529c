"""The base of the desk's ORM classes, with the names that constraints get."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import MetaData, Text
from sqlalchemy.orm import DeclarativeBase

from engine.model import NAMING, Instant


class Row(DeclarativeBase):
    """What all rows of the desk share: named constraints, text without invented limits, instants in UTC."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {datetime: Instant(), str: Text()}
