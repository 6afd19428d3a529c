"""Case pages: the list, a case in its parts, the messages it takes. Holds their table of addresses."""

from flask import Blueprint

from web.staff.cases import actions, listing, page

pages = Blueprint("pratiche", __name__, url_prefix="/pratiche")

pages.add_url_rule("/", "elenco", listing.cases_list)
pages.add_url_rule("/<numero>", "riepilogo", page.summary)
pages.add_url_rule("/<numero>/attivita", "attivita", page.tasks)
pages.add_url_rule("/<numero>/cronologia", "cronologia", page.history)
pages.add_url_rule("/<numero>/diagramma", "diagramma", page.diagram)
pages.add_url_rule("/<numero>/diagramma.json", "diagramma_dati", page.diagram_data)
pages.add_url_rule("/<numero>/azioni/<sottoscrizione>", "azione", actions.form)
pages.add_url_rule("/<numero>/azioni/<sottoscrizione>", "manda", actions.send, methods=["POST"])
