"""Begin the command ``sportello``, which Ctrl+C ends quietly also while the program is still being read."""

import sys


def main() -> None:
    """Be the ``sportello`` command."""
    try:
        from app import main as command  # noqa: PLC0415  # the reading that may be interrupted
    except KeyboardInterrupt:
        sys.exit("\nInterrotto.")
    command()
