"""How embedded servers run when we are root, and how they end with us.

PostgreSQL refuses to run as root. We then run it as the owner of its data folder, or as nobody for a new
one. That user cannot enter a checkout under /root, and opening /root to everybody is not ours to do.
Linux lets a process keep one single power across the change of user: CAP_DAC_READ_SEARCH, to read and
enter any folder (or, in containers that withhold it, CAP_DAC_OVERRIDE). `setpriv`, part of every Debian
and Ubuntu, does it; its no_setuid_fixup is for access(), which else forgets the power. No account is made
and no permission of the checkout is changed.
"""

import ctypes
import os
import pwd
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1
CHANGE_USER = (
    "import os, sys; os.setgroups([]); os.setgid(int(sys.argv[1])); os.setuid(int(sys.argv[2]));"
    "os.execv(sys.argv[3], sys.argv[3:])"
)
POWERS = {"dac_read_search": 2, "dac_override": 1}


def user_of(folder: Path) -> pwd.struct_passwd | None:
    """Whom a server on this folder runs as: None is ourselves. Only root can be somebody else."""
    if os.geteuid() != 0:
        return None
    owner = folder.stat().st_uid if folder.exists() else 0
    return pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")


def as_user(
    command: list[str], *, user: pwd.struct_passwd | None, end_signal: signal.Signals | None = None
) -> list[str]:
    """The command that runs `command` as `user`, still able to enter every folder on its path."""
    if user is None:
        return command
    if not shutil.which("setpriv"):
        return [sys.executable, "-c", CHANGE_USER, str(user.pw_gid), str(user.pw_uid), *command]
    change = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    power = _power()
    if power:
        change += [f"--inh-caps=+{power}", f"--ambient-caps=+{power}", "--securebits=+no_setuid_fixup"]
    if end_signal:
        change += ["--pdeathsig", end_signal.name.removeprefix("SIG")]
    return [*change, "--", *command]


def end_with_parent(with_signal: signal.Signals) -> Callable[[], None] | None:
    """For `preexec_fn`: Linux then sends this signal to the child when its parent dies, however it dies."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, int(with_signal))
        if os.getppid() != parent:  # it died before we could ask
            os._exit(1)

    return ask


def _power() -> str | None:
    """The least power that lets another user enter our folders, of those this machine grants us."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return None
    granted = next((int(line.split()[1], 16) for line in lines if line.startswith("CapPrm")), 0)
    return next((name for name, bit in POWERS.items() if granted >> bit & 1), None)
