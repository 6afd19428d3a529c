"""Task pages: the work lists, a task, and what people do with tasks. Holds their table of addresses."""

from flask import Blueprint

from web.staff.tasks import answering, listing, page, verbs

pages = Blueprint("attivita", __name__, url_prefix="/attivita")

pages.add_url_rule("/", "elenco", listing.mine)
pages.add_url_rule("/da-prendere-in-carico", "da_prendere", listing.free)
pages.add_url_rule("/in-attesa", "in_attesa", listing.waiting)
pages.add_url_rule("/di-tutti", "di_tutti", listing.everyone)
pages.add_url_rule("/fatte", "fatte", listing.done)
pages.add_url_rule("/scelte", "scelte", verbs.act_on_chosen, methods=["POST"])

pages.add_url_rule("/<attivita>", "pagina", page.show)
pages.add_url_rule("/<attivita>", "rispondi", answering.answer, methods=["POST"])
pages.add_url_rule("/<attivita>/bozza", "bozza", answering.save_draft, methods=["POST"])
pages.add_url_rule("/<attivita>/esito", "esito", page.outcome)
pages.add_url_rule("/<attivita>/prendi", "prendi", verbs.claim, methods=["POST"])
pages.add_url_rule("/<attivita>/rilascia", "rilascia", verbs.release, methods=["POST"])
pages.add_url_rule("/<attivita>/assegna", "assegna", verbs.assign, methods=["POST"])
