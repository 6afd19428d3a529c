"""Name the roles that have cases to read."""

from desk.access import Role

READERS = (Role.REFERENTE, Role.ANALISTA, Role.COORDINATORE)
