"""A request from the counter to the recorded outcome without any mail: the meeting is agreed on the telephone."""

import pytest
from playwright.sync_api import expect

from tests.kit.at_the_counter import convene, enter, forward, hold, open_request, open_task, register, secret_of
from tests.kit.sound_pages import assert_sound
from tests.kit.times import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def refused_while_empty(marta):
    """Send the first step before anything is written: it comes back with its errors."""
    marta.press("Avanti")
    expect(marta.page.locator(".riepilogo-errori, [role=alert], .errori").first).to_be_visible()
    marta.picture("registra-1-errori")


def test_a_request_goes_from_the_counter_to_its_outcome(person):
    marta, sara, vera = person().sign_in("marta"), person().sign_in("sara"), person(390)

    number = open_request(marta)
    refused_while_empty(marta)
    register(marta)
    secret = secret_of(marta, number)
    forward(marta, number)
    convene(sara, number)

    open_task(marta, number, "Telefona al richiedente").fill(risposta="accetta")
    marta.page.locator("[name=proposta_scelta]").first.check()
    assert_sound(marta, "telefonata")
    marta.press("Registra la risposta")
    enter(vera.go("/segui"), number, secret)
    expect(vera.page.get_by_text("Incontro fissato").first).to_be_visible()
    assert_sound(vera, "incontro-fissato")
    hold(sara, number)

    wait_until(lambda: vera.go("/segui/richiesta").page.locator("[name=voto]").count(), 30)
    assert "Conclusa" in vera.text()
    assert_sound(vera, "conclusa")
    vera.page.locator("[name=voto][value='4']").check()
    vera.press("Continua").page.locator("[name=aspetto]").first.check()
    assert_sound(vera, "com-e-andata")
    vera.press("Manda la risposta")
    assert_sound(vera, "grazie")
    for view in ("", "/cronologia", "/diagramma", "/attivita"):
        sara.go(f"/pratiche/{number}{view}").picture(f"pratica{view.replace('/', '-')}")
    assert "Vera Prova" in sara.text()
