"""``sportello check`` and ``sportello deploy`` on what a process writes to people, as a designer meets them."""

from engine.model import deployment


def spoil(file, found, put):
    text = file.read_text()
    assert found in text
    file.write_text(text.replace(found, put, 1))
    return text[: text.index(found)].count("\n") + 1


def test_a_broken_letter_and_a_broken_message_are_found_before_anything_is_deployed(run, store, process):
    letter, message = process / "letters" / "convocazione.typ", process / "messages" / "conferma.md"
    line = spoil(letter, "#dati.entro", "#dati.ento")
    spoil(message, "{{ numero }}\n---", "{{ nomero }}\n---")

    checked, deployed = run("check", process), run("deploy", process)

    assert (checked.exit_code, deployed.exit_code) == (1, 1)
    for result in (checked, deployed):
        assert f"{letter}:{line}: -: Colonna 27: il dato «ento» non esiste: intendevi «entro»?" in result.output
        assert f"{message}:2: -: Colonna 56: il nome «nomero» non esiste: intendevi «numero»?" in result.output
    with store.snapshot() as uow:
        assert uow.connection.execute(deployment.select()).all() == []


def test_one_file_is_checked_with_the_folder_it_lies_in(run, process):
    shared, letter = process / "letters" / "_carta.typ", process / "letters" / "busta.typ"
    spoil(shared, "#let piano(corpo)", "#let piano(corpo")
    spoil(process / "messages" / "esito.md", "{{ telefono }}", "{{ fono }}")

    told = run("check", letter).output

    assert f"{shared}:" in told
    assert "esito.md" not in told
    assert "esito.md" in run("check", process / "messages" / "esito.md").output
    assert run("check", process / "richiesta.bpmn").output == ""


def test_a_task_that_names_no_message_that_is_there_is_refused(run, process):
    (process / "messages" / "promemoria.md").rename(process / "messages" / "memoria.md")

    told = run("deploy", process)

    assert told.exit_code == 1
    assert "«messaggio» dice «promemoria», che non c’è: intendevi «memoria»?" in told.output
    assert "richiesta.bpmn:" in told.output


def test_what_is_right_is_deployed_once(run, process):
    assert "richiesta: versione 1" in run("deploy", process).output
    assert "era già pubblicata" in run("deploy", process).output
