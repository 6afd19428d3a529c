"""Run the programs of the set-up: their words go to a log, and one sentence says why one of them failed."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

REASONS = (
    (r"No space left on device|Disk quota exceeded|ENOSPC", "the disk is full"),
    (r"DO NOT MATCH THE HASHES|EINTEGRITY", "the registry gave another file than the one that was chosen"),
    (
        r"CERTIFICATE_VERIFY_FAILED|SELF_SIGNED|UNABLE_TO_\w*CERT",
        "this machine does not trust the registry’s certificate",
    ),
    (r"Retrying \(Retry|E(?:AI_AGAIN|NOTFOUND|CONN\w+|TIMEDOUT|NETUNREACH|HOSTUNREACH)", "no package registry answers"),
)
"""What pip and npm say, and how that is told; the first that fits."""
ERROR = re.compile(r"^(?:ERROR:|npm (?:error|ERR!)|error:) (.+?)\.?$", re.MULTILINE)


class SetUpFailed(Exception):
    """Something could not be fetched or made: what, and why, as one sentence."""


@dataclass(frozen=True)
class Steps:
    """Programs run in one folder, one after another, whose words go to one file."""

    folder: Path
    log: Path
    environment: Mapping[str, str]
    keep: tuple[int, ...] = ()
    """Files that the programs hold open too."""

    def run(self, command: Sequence[str], lacking: str) -> None:
        """Run a program to its end.

        Raises SetUpFailed, which says what is ``lacking`` now, why, and where the program's own words are.
        """
        self.log.parent.mkdir(exist_ok=True)
        with self.log.open("a+b") as words:
            words.write(f"$ {' '.join(command)}\n".encode())
            words.flush()
            before = words.tell()
            status = self._end_of(command, words)
            words.seek(before)
            said = words.read().decode(errors="replace")
        if status:
            raise SetUpFailed(f"{lacking}: {_reason(said)}. All that was said is in {self.log}; then run make again.")

    def _end_of(self, command: Sequence[str], words: IO[bytes]) -> int:
        return subprocess.run(  # noqa: S603 our own command line
            command,
            cwd=self.folder,
            env=self.environment,
            pass_fds=self.keep,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode


def _reason(said: str) -> str:
    told = (reason for words, reason in REASONS if re.search(words, said))
    return next(told, "") or next(iter(ERROR.findall(said)), "its own words say why")
