"""Begin: reading the program takes a second or two, and Ctrl+C meanwhile ends it as quietly as later on."""

import sys


def main() -> None:
    """Be the ``sportello`` command."""
    try:
        from app import main as command  # noqa: PLC0415  # the reading that may be interrupted
    except KeyboardInterrupt:
        sys.exit("\nInterrotto.")
    command()
