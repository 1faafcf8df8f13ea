"""How much memory a program of ours takes, at most."""

import subprocess
import sys

#: A program is charged with what its parent held when it began: so from a small one.
MEASURED = """
import resource, subprocess, sys
sys.stdout.write(subprocess.run(sys.argv[1:], capture_output=True, text=True).stdout + "\\n")
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def measured(*command: str) -> tuple[str, int]:
    """What a program answers, and how much memory it took at most, in KiB."""
    asked = subprocess.run(
        [sys.executable, "-Ic", MEASURED, *command], capture_output=True, text=True, check=True
    )
    answer, kib = asked.stdout.rsplit("\n", 2)[:2]
    return answer.strip(), int(kib)
