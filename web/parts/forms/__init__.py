"""Draw a process's forms on the page, and read what comes back.

``render(form.view(…), FormPage(…))`` draws; ``turn(form, request.form, draft)`` reads a post and says what the person
asked for. Everything works without JavaScript; ``parts/forms.js`` sends the same posts in the background.
"""

from web.parts.forms.drawing import FormPage, add_filters, recap, render
from web.parts.forms.turns import FormTurn, Verb, is_sent_whole, turn

__all__ = ["FormPage", "FormTurn", "Verb", "add_filters", "is_sent_whole", "recap", "render", "turn"]
