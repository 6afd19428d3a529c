"""Proves the README's two commands on a bare Debian: ``make bare``, as root, where debootstrap is.

Makes a root file system with what the README names and nothing else, puts a clean clone and an empty HOME into it, and
runs there as an ordinary user and as root. How this machine reaches its package registries is carried along as it is.
All of it lies in one folder under ``BARE_FOLDER`` (the temporary folder) and is removed at the end. With ``run`` the
tests are left out.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SUITE = "bookworm"
WITHIN = 60
"""Seconds in which ``make run`` answers."""
USER = "ada"
SETTINGS = re.compile(
    r"(pip|npm_config|uv)_\w+|(https?|all|no|ftp)_proxy|ssl_cert_\w+|(requests_ca|curl_ca)_bundle|node_extra_ca_certs",
    re.IGNORECASE,
)
"""What tells pip, npm and their like where to ask and whom to trust."""
FILES = ("/etc/pip.conf", "/etc/npmrc", "/etc/resolv.conf", "/etc/hosts", "/etc/ssl/certs/ca-certificates.crt")
OF_A_HOME = {
    "PIP_CONFIG_FILE": (".config/pip/pip.conf", ".pip/pip.conf"),
    "NPM_CONFIG_USERCONFIG": (".npmrc",),
}
"""Settings that lie in a HOME, by the variable that names them where the HOME is empty."""
MOUNTS = """
root=$1; user=$2; shift 2
mount -t proc proc "$root/proc" && mount --rbind /sys "$root/sys" && mount --rbind /dev "$root/dev" &&
mount -t tmpfs tmpfs "$root/dev/shm" && exec chroot --userspec="$user" "$root" "$@"
"""
ODD_PLACE, ODD_SETTINGS = "Città di prova/lo sportello di Ada", {"TZ": "America/New_York", "LC_ALL": "C"}


class Bare:
    """A bare root file system, and what is run in it. Its mounts are in a namespace of their own and end with it."""

    def __init__(self, folder):
        self.root = folder / "root"
        self.settings = {name: value for name, value in os.environ.items() if SETTINGS.fullmatch(name)}

    def make(self, packages):
        call("debootstrap", "--variant=minbase", SUITE, self.root, mirror())
        shutil.rmtree(self.root / "etc/apt")
        self.carry("/etc/apt", "/usr/share/keyrings", "/etc/resolv.conf", "/etc/hosts")
        self.run("root", "apt-get", "update", "-qq")
        quiet = ("-qq", "-y", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0")
        self.run("root", "apt-get", "install", *quiet, *packages, DEBIAN_FRONTEND="noninteractive")
        self.run("root", "useradd", "--no-create-home", USER)
        self.carry(*FILES, *filter(os.path.isabs, self.settings.values()))  # last: packages bring files of their own
        self._carry_settings_of_the_home()

    def carry(self, *paths):
        """Copy files and folders of this machine to the same places, whatever links lead where there."""
        there = [str(path) for path in paths if Path(path).exists()]
        packed = (
            "tar",
            "--create",
            "--dereference",
            "--ignore-failed-read",
            "--warning=none",
            "--absolute-names",
            *there,
        )
        with subprocess.Popen(packed, stdout=subprocess.PIPE) as packing:
            unpacked = ("chroot", self.root, "tar", "--extract", "--absolute-names")
            subprocess.run(unpacked, stdin=packing.stdout, check=True)

    def _carry_settings_of_the_home(self):
        for name, places in OF_A_HOME.items():
            found = [Path.home() / place for place in places if (Path.home() / place).is_file()]
            if found and name not in self.settings:
                self.settings[name] = f"/etc/{name.lower()}"
                shutil.copy(found[0], self.within(self.settings[name]))
                self.within(self.settings[name]).chmod(0o644)

    def within(self, path):
        return self.root / str(path).lstrip("/")

    def run(self, user, *command, **settings):
        """Run a command in the root; raise CalledProcessError where it fails."""
        alone = ("setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--pid", "--fork", "--kill-child")
        path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        given = {"PATH": path, "HOME": "/nonexistent", "LANG": "C.UTF-8", **self.settings, **settings}
        environment = ("env", "-i", *(f"{name}={value}" for name, value in given.items()))
        call(*alone, "--propagation", "private", "sh", "-c", MOUNTS, "sh", self.root, user, *environment, *command)


class Newcomer:
    """A user of the root with a clean clone and an empty HOME."""

    def __init__(self, bare, user, place, settings):
        self.bare, self.user, self.settings = bare, user, settings
        self.checkout, self.home = f"/home/{user}/{place}", f"/home/{user}/empty {place.partition('/')[0]}"
        bare.within(self.home).mkdir(parents=True)
        clone = ("git", "-c", "safe.directory=*", "clone", "--quiet", "--no-hardlinks")
        call(*clone, ROOT, bare.within(self.checkout))
        bare.run("root", "chown", "--recursive", f"{user}:", f"/home/{user}")

    def starts_the_desk(self):
        self._does(f"python3 tests/started.py {WITHIN} make run")

    def runs_the_tests(self):
        self._does("make test")

    def _does(self, command):
        there = f"cd {shlex.quote(self.checkout)} && exec {command}"
        self.bare.run(self.user, "sh", "-c", there, HOME=self.home, **self.settings)


def trials(bare, with_tests):
    """What is tried, in order: the ordinary user comes first, since root's tests install Chromium for all."""
    for user in (USER, "root"):
        plain, odd = Newcomer(bare, user, "sportello", {}), Newcomer(bare, user, ODD_PLACE, ODD_SETTINGS)
        yield f"make run as {user}", plain.starts_the_desk
        yield f"make run as {user} in «{ODD_PLACE}», New York, locale C", odd.starts_the_desk
        if with_tests:
            yield f"make test as {user}", plain.runs_the_tests


def call(*command):
    subprocess.run(command, check=True)


def mirror():
    """Where this machine's apt has the suite from."""
    asked = ("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", f"Release: {SUITE}")
    found = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    return found[0] if found else sys.exit(f"The sources of this machine's apt have no {SUITE}.")


def named_packages():
    """The packages that the README names, and no others."""
    return re.search(r"`apt install ([a-z0-9 -]+)`", (ROOT / "README.md").read_text("utf-8"))[1].split()


def timed(told, action):
    """Do something; give a line that tells how long it took, and whether it went well."""
    print(f"\n=== {told}", flush=True)
    begun = time.monotonic()
    try:
        action()
    except subprocess.CalledProcessError as failed:
        print(f"failed: {failed}", flush=True)
        return f"FAILED after {time.monotonic() - begun:7.1f} s  {told}", False
    return f"passed in    {time.monotonic() - begun:7.1f} s  {told}", True


def lacking():
    tools = [name for name in ("debootstrap", "apt-get", "git", "unshare", "setpriv") if shutil.which(name) is None]
    if os.getuid() != 0 or tools:
        return f"make bare needs root, and these programs of Debian: {', '.join(tools) or 'all here'}."
    return ""


def main(*asked):
    if lacking():
        sys.exit(lacking())
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    if subprocess.run(("git", "-C", ROOT, "status", "--porcelain"), capture_output=True, check=True).stdout:
        print("What is not committed is not tried.")
    folder = Path(tempfile.mkdtemp(prefix="sportello-bare-", dir=os.environ.get("BARE_FOLDER")))
    results = []
    try:
        bare = Bare(folder)
        results.append(timed(f"{SUITE} with {' '.join(named_packages())}", lambda: bare.make(named_packages())))
        if results[0][1]:
            results += [timed(told, action) for told, action in trials(bare, asked != ("run",))]
    finally:
        shutil.rmtree(folder)
        print("\n" + "\n".join(line for line, _ in results))
    return int(not all(well for _, well in results))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
