"""Draw a form view with the templates of ``templates/parts/forms``, one for each kind of component."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import render_template
from markupsafe import Markup

from web.parts.forms.markdown import html, note
from web.parts.forms.slots import by_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask import Flask

    from engine.forms import FormView, Section

_TOP = 2


@dataclass(frozen=True)
class FormPage:
    """Where the form stands. ``action`` takes its posts, ``draft`` its background saves (none when empty).

    ``saved`` is the hour of the last draft («10:14»), ``back`` where «Indietro» leads from the first page, ``later``
    whether «Salva e riprendi dopo» is offered, ``submit`` the last button's words when the form names none.
    ``hidden`` travels along; its names begin with ``_``.
    """

    action: str
    title: str = ""
    draft: str = ""
    saved: str = ""
    back: str = ""
    later: bool = False
    submit: str = "Completa"
    hidden: Mapping[str, str] = field(default_factory=dict)


def add_filters(app: Flask) -> None:
    """Give the templates of forms the filter that puts times under their days."""
    app.jinja_env.filters.update(per_giorno=by_day)


def render(view: FormView, page: FormPage) -> Markup:
    """Draw a form or one of its steps: stepper, error summary, fields, buttons."""
    anchors = {item.name: item.anchor for item in view.items if item.name}
    level = _TOP + bool(view.steps or page.title)
    drawn = render_template(
        "parts/forms/form.html",
        modulo=view,
        pagina=page,
        ancore=anchors,
        testo=lambda text: html(text, level),
        avviso=note,
    )
    return Markup(drawn)  # noqa: S704 — the template escapes


def recap(sections: Sequence[Section], *, edit: bool = False) -> Markup:
    """Draw answers to be read again; with ``edit``, each section has its «Modifica»."""
    return Markup(render_template("parts/forms/_recap.html", sezioni=sections, modifica=edit))  # noqa: S704 — as above
