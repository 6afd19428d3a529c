"""Sign people in before Chromium, and let them read and press."""

from __future__ import annotations

import os
from pathlib import Path

#: Where screenshots go for whoever wants to look at them.
PICTURES = os.environ.get("SPORTELLO_PICTURES")
WIDTHS = WIDE, NARROW = 1280, 390


class Person:
    """Somebody with a browser window of their own."""

    def __init__(self, chromium, server, width=WIDE):
        self.context = chromium.new_context(viewport={"width": width, "height": 900}, locale="it-IT")
        self.page = self.context.new_page()
        self.page.set_default_timeout(15000)
        self.server, self.width = server, width
        self.faults = []
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("console", self._listen)

    def _listen(self, said):
        """Note what the browser complains of; that a form came back with its errors is no fault."""
        if said.type == "error" and "status of 422" not in said.text:
            self.faults.append(said.text)

    def go(self, path):
        self.page.goto(self.server.address + path)
        return self

    def sign_in(self, username):
        """Come in by the page, or by the cookies that it gave whoever came in so before."""
        known = self.server.cookies
        if username in known:
            self.context.add_cookies(known[username])
            return self
        self.go("/accedi")
        self.page.fill("[name=utente]", username)
        self.page.fill("[name=password]", "dimostrazione")
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(lambda address: not address.endswith("/accedi"))
        known[username] = self.context.cookies()
        return self

    def fill(self, **answers):
        """Answer questions by their names, whatever kind of field asks them."""
        for name, value in answers.items():
            for one in value if isinstance(value, list) else [value]:
                self._fill_one(name, one)
        return self

    def _fill_one(self, name, value):
        field = self.page.locator(f'[name="{name}"]:not([type=hidden])').first
        kind = field.evaluate("field => field.tagName == 'SELECT' ? 'select' : field.type")
        if kind == "select":
            field.select_option(str(value))
        elif kind == "radio" or (kind == "checkbox" and value is not True):
            self.page.locator(f'[name="{name}"][value="{value}"]').check()
        elif kind == "checkbox":
            field.check()
        else:
            field.fill(str(value))

    def fill_moment(self, name, day, time):
        """Answer a question for a day and an hour, which has two fields of one name."""
        fields = self.page.locator(f'[name="{name}"]')
        fields.nth(0).fill(day)
        fields.nth(1).fill(time)

    def press(self, button):
        """Press a button that sends a form, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).first.click()
        return self

    def follow(self, link):
        """Open a link by its words."""
        self.page.get_by_role("link", name=link, exact=True).first.click()
        self.page.wait_for_load_state()
        return self

    def download(self, path):
        """Fetch a file as this person's browser would; give its media type and its bytes."""
        answer = self.context.request.get(self.server.address + path)
        assert answer.status == 200, (path, answer.status)
        return answer.headers["content-type"].partition(";")[0], answer.body()

    def resize(self, width):
        """Make the window this wide; it was made ``self.width`` wide."""
        if self.page.viewport_size["width"] != width:
            self.page.set_viewport_size({"width": width, "height": 900})
        return self

    def text(self):
        return self.page.locator("main").inner_text()

    def picture(self, name):
        """Keep a picture of the page, if somebody wants to look."""
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            width = self.page.viewport_size["width"]
            self.page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
        return self
