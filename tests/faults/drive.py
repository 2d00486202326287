"""drive.py FOLDER KIND DIE_AT: a run in FOLDER on a file system that behaves like a mounted drive.

KIND: what the drive does otherwise, see `KINDS`. The process ends itself, as if killed, after as
many renames as DIE_AT says (0: never). A small run of poems; what it prints goes to stdout.
"""

import errno
import os
import sys
import time
from pathlib import Path

import gan_course.__main__ as entry

if sys.platform != "win32":
    import fcntl

LINES = [first + second for first in "abcd" for second in "efghij"]
SIZES = "hidden: 8\nsteps: 6\ncheckpoint_every: 2\nwrite: 2\n"
real = {"replace": os.replace, "fsync": os.fsync}
renames = 0


def no_locks(*arguments):
    raise OSError(errno.ENOSYS, "Function not implemented")


def locks_refused(*arguments):
    raise OSError(errno.EOPNOTSUPP, "Operation not supported")


def no_fsync(number):
    raise OSError(errno.EINVAL, "Invalid argument")


def slow(old, new):
    time.sleep(0.3)
    real["replace"](old, new)


def busy(old, new, tried=[]):  # noqa: B006 - what was tried already
    """Another program holds the file at the first attempt."""
    if str(new) not in tried:
        tried.append(str(new))
        raise PermissionError(errno.EACCES, "Permission denied")
    tried.remove(str(new))
    real["replace"](old, new)


# kind of drive -> (module, function, what stands in for it)
KINDS = {
    "a usual disk": (),
    "no locks": ((fcntl, "flock", no_locks),),
    "locks refused": ((fcntl, "flock", locks_refused),),
    "slow renames": ((os, "replace", slow),),
    "busy files": ((os, "replace", busy),),
    "no fsync": ((os, "fsync", no_fsync),),
}


def main(folder: Path, kind: str, die_at: int) -> int:
    for module, name, instead in KINDS[kind]:
        setattr(module, name, instead)
    replace = os.replace

    def counted(old, new):
        global renames
        replace(old, new)
        renames += 1
        if renames == die_at:
            os._exit(9)

    os.replace = counted
    os.chdir(folder)
    Path("lines.txt").write_text("\n".join(LINES), encoding="utf-8")
    recipe = f"name: small\nkind: poems\npoems: lines.txt\n{SIZES}"
    Path("small.yaml").write_text(recipe, encoding="utf-8")
    sys.argv = ["gan-course", "train", "small.yaml"]
    return entry.main()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
