"""Saved view pages: list, save, rename, remove. Holds their table of addresses."""

from flask import Blueprint

from web.staff.views import asking, keeping

pages = Blueprint("viste", __name__, url_prefix="/viste")

pages.add_url_rule("/", "elenco", asking.every)
pages.add_url_rule("/nuova", "nuova", asking.new)
pages.add_url_rule("/nuova", "salva", keeping.save, methods=["POST"])
pages.add_url_rule("/<vista>", "nome", asking.name)
pages.add_url_rule("/<vista>", "rinomina", keeping.rename, methods=["POST"])
pages.add_url_rule("/<vista>/togli", "conferma", asking.confirm)
pages.add_url_rule("/<vista>/togli", "togli", keeping.remove, methods=["POST"])
