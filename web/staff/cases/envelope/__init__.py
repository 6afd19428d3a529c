"""Envelope pages of a case: agreements, conflicts, deposit, opening. Holds their table of addresses."""

from flask import Blueprint

from web.staff.cases.envelope import agreement, conflict, deposit, opening, page, revoking

pages = Blueprint("busta", __name__, url_prefix="/pratiche/<numero>/busta")

pages.add_url_rule("", "page", page.page)
pages.add_url_rule("/apri", "open_envelope", opening.open_envelope, methods=["POST"])
pages.add_url_rule("/<elemento>/scarica", "download", opening.download, methods=["POST"])
pages.add_url_rule("/accordo", "agreement", agreement.form)
pages.add_url_rule("/accordo", "record", agreement.record, methods=["POST"])
pages.add_url_rule("/rinuncia", "waiver", agreement.waiver)
pages.add_url_rule("/rinuncia", "waive", agreement.waive, methods=["POST"])
pages.add_url_rule("/accordo/<accordo>/revoca", "revocation", revoking.confirm)
pages.add_url_rule("/accordo/<accordo>/revoca", "revoke", revoking.revoke, methods=["POST"])
pages.add_url_rule("/deposito", "deposit_form", deposit.form)
pages.add_url_rule("/deposito", "deposit", deposit.deposit, methods=["POST"])
pages.add_url_rule("/a-voce", "speak_only", deposit.speak_only, methods=["POST"])
pages.add_url_rule("/conflitto", "conflict", conflict.confirm)
pages.add_url_rule("/conflitto", "declare", conflict.declare, methods=["POST"])
pages.add_url_rule("/conflitto/<persona>/togli", "lift", conflict.lift, methods=["POST"])
