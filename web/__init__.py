"""What people see: the pages, in Italian. Knows no database; every change goes through a verb of desk or engine."""

from web.shell import init_app

__all__ = ["init_app"]
