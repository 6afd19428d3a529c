"""Regular expressions as XPath and XQuery Functions and Operators 3.1, section 5.6.1, reads them."""

import pytest

from engine import feel


@pytest.mark.parametrize(
    ("text", "pattern", "flags", "expected"),
    [
        ("b", r"^[a\S]$", "", True),
        (" ", r"^[a\s]$", "", True),
        ("[", r"^[a\s]$", "", False),
        ("5", r"^[^\s\d]$", "", False),
        ("a", r"^[^\W]$", "", True),
        (":", r"^[\i-[:]]$", "", False),
        ("b", "[^a-d-[b-c]]", "", False),
        ("e", "[^a-d-[b-c]]", "", True),
        ("e", "[^a-d-[e-f]]", "", False),
        ("a", "[a-c-[b]-[c]]", "", None),
        ("a-", "a[+-]", "", True),
        ("a\n", "^$", "m", False),
        ("\n\n", "^$", "m", True),
        ("a\nb", "^b$", "m", True),
        ("m", r"\p{Lu}", "i", False),
        ("M", r"\p{Lu}m?", "i", True),
        ("l", "[A-Z-[OI]]", "i", True),
        ("o", "[A-Z-[OI]]", "i", False),
        ("hello world", r"\p{ IsBasicLatin}+", "x", True),
        ("a b", "a[ ]b", "x", True),
    ],
)
def test_a_pattern_is_read_as_xpath_reads_it(text, pattern, flags, expected):
    arguments = {"text": text, "pattern": pattern, "flags": flags}

    assert feel.evaluate("matches(text, pattern, flags)", arguments) is expected
