"""«Il mio Comune»: pages that set when the desk is open, where it is, and who receives there."""

from web.staff.office import days, hours, mandate, referenti, seat, towns
from web.staff.office.office import pages

__all__ = ["days", "hours", "mandate", "pages", "referenti", "seat", "towns"]
