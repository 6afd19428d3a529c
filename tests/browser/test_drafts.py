"""What is typed while a copy of it is on its way arrives too, also when the page is put aside just then."""

import pytest

from tests.kit.at_the_counter import open_request

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PUT_ASIDE = """() => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


class Slow:
    """A network on which the answers to the first copy of a draft wait until they are let go."""

    def __init__(self, page):
        self.waiting, self.answers = [], []
        page.route("**/bozza", self._take)

    def _take(self, route):
        answer = route.fetch()
        self.answers.append(answer.status)
        if len(self.answers) == 1:
            self.waiting.append((route, answer))
        else:
            route.fulfill(response=answer)

    def let_go(self):
        for route, answer in self.waiting:
            route.fulfill(response=answer)


def test_the_copy_of_a_page_put_aside_is_kept_beside_the_one_on_its_way(person):
    marta = person().sign_in("marta")
    open_request(marta)
    network = Slow(marta.page)

    with marta.page.expect_request("**/bozza"):
        marta.fill(cognome="Esempio")
    marta.fill(nome="Ada").page.evaluate(PUT_ASIDE)
    marta.page.wait_for_timeout(500)
    network.let_go()
    with marta.page.expect_request("**/bozza"):
        marta.fill(comune_residenza="Burolo")
    marta.page.wait_for_timeout(500)

    assert network.answers == [200, 200, 200]
    marta.page.reload()
    assert [marta.page.locator(f"[name={name}]").input_value() for name in ("cognome", "nome")] == ["Esempio", "Ada"]
