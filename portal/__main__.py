"""The command ``portal``; ``python -m portal`` for the processes that the server starts."""

import gc
import sys


def run() -> int:
    """Load the commands and run the one asked for; its exit code."""
    # Modules stay: looking for garbage among them, again and again, is a fifth of loading.
    gc.disable()
    from portal.cli import main  # noqa: PLC0415

    gc.enable()
    return main()


if __name__ == "__main__":
    sys.exit(run())
