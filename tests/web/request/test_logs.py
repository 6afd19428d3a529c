import json

from tests.kit.pages import PASSWORD, make_app, post
from web.request.access import for_everyone


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_request_is_one_line_with_the_id_that_the_answer_carries(store, capsys):
    client = make_app(store).test_client()

    answer = client.get("/comuni/001042?cognome=Esempio")

    (line,) = lines(capsys)
    assert line["request"] == answer.headers["X-Request-Id"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/comuni/<istat>", 200)
    assert "Esempio" not in json.dumps(line)


def test_what_people_type_reaches_no_log(store, capsys):
    client = make_app(store).test_client()

    post(client, "/accedi", {"utente": "marta@sportello.example", "password": PASSWORD}, page="/accedi")
    post(client, "/segui", {"numero": "SI-2026-B279-9999", "codice": "K7QM4TXD92RF"})

    logged = capsys.readouterr().out
    assert "marta" not in logged
    assert PASSWORD not in logged
    assert "9999" not in logged
    assert "K7QM" not in logged


def test_a_failure_is_logged_with_its_place_and_code_but_without_its_words(store, capsys):
    app = make_app(store)
    app.add_url_rule("/rotta", "rotta", for_everyone(lambda: int("Ada Esempio")))

    page = app.test_client().get("/rotta").text

    failure, _ = lines(capsys)
    assert failure["code"] in page
    assert failure["trace"].endswith("ValueError")
    assert "test_logs.py" in failure["trace"]
    assert "Ada" not in json.dumps(failure)


def test_health_says_whether_the_database_answers(store):
    client = make_app(store).test_client()
    well = client.get("/salute")

    with store.unit_of_work() as uow:
        uow.connection.exec_driver_sql("DROP TABLE role_grant")
        uow.connection.exec_driver_sql("ALTER TABLE desk_user RENAME TO gone")
    ill = client.get("/salute")

    assert (well.status_code, well.json) == (200, {"stato": "bene"})
    assert (ill.status_code, ill.json) == (503, {"stato": "non disponibile"})
