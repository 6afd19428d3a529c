"""Run the bundler as ``python -m web.assets``."""

import sys

from web.assets.bundle import NodeMissing, bundle
from web.assets.logged import SetUpFailed


def main() -> int:
    try:
        done = bundle()
    except (NodeMissing, SetUpFailed) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    sys.stdout.write("web.assets: bundled\n" if done else "web.assets: up to date\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
