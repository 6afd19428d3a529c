from desk.people import passwords


def test_a_guess_costs_what_owasp_asks(quick_hashes):
    """19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet."""
    earnest = quick_hashes

    assert earnest.hash("parola").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_secret_matches_its_own_hash_alone():
    kept = passwords.digest("una parola")

    assert (passwords.matches(kept, "una parola"), passwords.matches(kept, "altra")) == (True, False)
    assert not passwords.matches(None, "")


def test_two_spellings_of_one_letter_are_one():
    assert passwords.matches(passwords.digest("perché no"), "perche\u0301 no")
