"""``python -m web.assets``: bundle the pages' CSS and JavaScript."""

import subprocess
import sys

from web.assets.bundle import NodeMissing, bundle


def main() -> int:
    try:
        done = bundle()
    except (NodeMissing, subprocess.CalledProcessError) as refusal:
        sys.stderr.write(f"web.assets: {refusal}\n")
        return 1
    sys.stdout.write("web.assets: bundled\n" if done else "web.assets: up to date\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
