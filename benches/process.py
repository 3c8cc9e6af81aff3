"""Programs of the benchmarks as processes of their own: where they are, how long they take, how much memory."""
import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def program(variable, name):
    """A release binary, or the one that the variable names; `None` where there is none."""
    path = pathlib.Path(os.environ.get(variable, ROOT / "target" / "release" / name))
    return path if path.exists() else None


def measure(command, folder):
    """Runs a command: seconds, processor seconds, peak memory in MB, its output. Fails with what it printed if it fails."""
    with open(folder / "stdout", "w+b") as out, open(folder / "stderr", "w+b") as err:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=err)
        # The usage of this one child, not of all children so far.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        text, errors = out.read().decode(), err.read().decode()
    if process.returncode != 0:
        sys.exit(f"{command[0]} failed with {process.returncode}:\n{text}\n{errors}")
    return {"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "megabytes": usage.ru_maxrss / 1024, "output": text}


def fresh(folder):
    """The folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
