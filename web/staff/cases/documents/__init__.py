"""«Documenti» in a case's page: list, add, remove. Holds their table of addresses."""

from flask import Blueprint

from web.staff.cases.documents import adding, listing, removing

pages = Blueprint("documenti", __name__, url_prefix="/pratiche/<numero>/documenti")

pages.add_url_rule("", "elenco", listing.page)
pages.add_url_rule("", "aggiungi", adding.add, methods=["POST"])
pages.add_url_rule("/<documento>", "scarica", listing.download)
pages.add_url_rule("/<documento>/togli", "conferma", removing.confirm)
pages.add_url_rule("/<documento>/togli", "togli", removing.remove, methods=["POST"])
