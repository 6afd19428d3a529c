from datetime import timedelta

import pytest

from tests.kit.environment import GOOD
from web.settings import Misconfigured, Mode, Settings


@pytest.mark.parametrize("missing", ["SPORTELLO_SECRET_KEY", "SPORTELLO_DATABASE_URL", "SPORTELLO_ENVELOPE_KEYS"])
def test_production_does_not_start_without_key_or_database(missing, tmp_path):
    environment = {name: value for name, value in GOOD.items() if name != missing}

    with pytest.raises(Misconfigured, match=missing):
        Settings.from_environment(environment, tmp_path)


def test_production_does_not_start_with_a_short_key(tmp_path):
    with pytest.raises(Misconfigured, match="32"):
        Settings.from_environment({**GOOD, "SPORTELLO_SECRET_KEY": "short"}, tmp_path)


def test_production_never_takes_the_demonstration_in(tmp_path):
    settings = Settings.from_environment(GOOD, tmp_path)

    assert settings.production
    assert not settings.demonstration
    assert list(tmp_path.iterdir()) == []


def test_a_demonstration_needs_nothing_and_keeps_its_key_to_itself(tmp_path):
    first = Settings.from_environment({"SPORTELLO_MODE": "demo"}, tmp_path / "var")
    second = Settings.from_environment({"SPORTELLO_MODE": "demo"}, tmp_path / "var")

    assert first.mode is Mode.DEMO
    assert first == second
    assert {file.name for file in (tmp_path / "var").iterdir()} == {"secret-key", "envelope-keys"}
    assert all(file.stat().st_mode & 0o077 == 0 for file in (tmp_path / "var").iterdir())


@pytest.mark.parametrize("environment", [{}, {"SPORTELLO_MODE": ""}, {"SPORTELLO_MODE": " "}])
def test_nobody_falls_into_a_mode_that_was_not_said(environment, tmp_path):
    with pytest.raises(Misconfigured, match="SPORTELLO_MODE non è impostata: scrivi production"):
        Settings.from_environment(environment, tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_the_keys_of_the_envelopes_are_never_shown(tmp_path):
    settings = Settings.from_environment(GOOD, tmp_path)

    assert settings.envelope_keys
    assert settings.envelope_keys.partition(":")[2] not in repr(settings)


def test_variables_of_other_programs_are_not_read(tmp_path):
    settings = Settings.from_environment({**GOOD, "PUBLIC_URL": "https://other.example"}, tmp_path)

    assert settings.public_url == ""


def test_what_is_written_is_read(tmp_path):
    more = {
        "SPORTELLO_TRUSTED_PROXIES": "2",
        "SPORTELLO_TRUSTED_HOSTS": "a.example, b.example",
        "SPORTELLO_IDLE_MINUTES": "10",
        "SPORTELLO_PUBLIC_URL": "https://sportello.example/",
    }

    settings = Settings.from_environment({**GOOD, **more}, tmp_path)

    assert settings.trusted_proxies == 2
    assert settings.trusted_hosts == ("a.example", "b.example")
    assert settings.idle_time == timedelta(minutes=10)
    assert settings.public_url == "https://sportello.example"


@pytest.mark.parametrize(
    ("name", "value"), [("MODE", "demmo"), ("TRUSTED_PROXIES", "many"), ("ENVELOPE_KEYS", "prima:corta")]
)
def test_a_value_that_makes_no_sense_is_refused(name, value, tmp_path):
    with pytest.raises(Misconfigured, match=f"SPORTELLO_{name}"):
        Settings.from_environment({**GOOD, f"SPORTELLO_{name}": value}, tmp_path)


@pytest.mark.parametrize("address", ["localhost:3310", "tcp://localhost", "http://localhost:3310", "unix:clamd"])
def test_a_virus_scanner_at_no_address_is_refused_at_once(address, tmp_path):
    with pytest.raises(Misconfigured, match="CLAMD"):
        Settings.from_environment({"SPORTELLO_MODE": "demo", "SPORTELLO_CLAMD": address}, tmp_path)


@pytest.mark.parametrize("address", ["", "tcp://127.0.0.1:3310", "unix:/run/clamav/clamd.ctl"])
def test_the_virus_scanner_is_where_the_settings_say(address, tmp_path):
    assert Settings.from_environment({"SPORTELLO_MODE": "demo", "SPORTELLO_CLAMD": address}, tmp_path).clamd == address
