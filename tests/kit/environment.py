"""Give settings with which a real desk would start."""

from desk.envelope import new_key

GOOD = {
    "SPORTELLO_MODE": "production",
    "SPORTELLO_SECRET_KEY": "k" * 32,
    "SPORTELLO_DATABASE_URL": "postgresql+psycopg://db/sportello",
    "SPORTELLO_ENVELOPE_KEYS": new_key("prima"),
}
