"""Agenda pages: the week, who is there when, the room, calendar files. Holds their table of addresses."""

from flask import Blueprint

from web.staff.agenda import availability, desk_days, files, rooms, week

pages = Blueprint("agenda", __name__, url_prefix="/agenda")

pages.add_url_rule("/", "pagina", week.page)
pages.add_url_rule("/disponibilita", "disponibilita", availability.page)
pages.add_url_rule("/disponibilita", "salva_orari", availability.keep_hours, methods=["POST"])
pages.add_url_rule("/assenze", "aggiungi_assenza", availability.declare_absence, methods=["POST"])
pages.add_url_rule("/assenze/<assenza>/togli", "togli_assenza", availability.withdraw_absence, methods=["POST"])
pages.add_url_rule("/giornate", "giornate", desk_days.page)
pages.add_url_rule("/giornate", "aggiungi_giornata", desk_days.add, methods=["POST"])
pages.add_url_rule("/giornate/<giornata>/togli", "conferma_giornata", desk_days.confirm)
pages.add_url_rule("/giornate/<giornata>/togli", "togli_giornata", desk_days.remove, methods=["POST"])
pages.add_url_rule("/sala", "sala", rooms.page)
pages.add_url_rule("/sala", "occupa_sala", rooms.occupy, methods=["POST"])
pages.add_url_rule("/sala/<uso>/libera", "libera_sala", rooms.release, methods=["POST"])
pages.add_url_rule("/incontri/<numero>.ics", "calendario", files.calendar)
pages.add_url_rule("/settimane/<numero>.json", "sfondo", files.behind)
