"""``python -m portal.cli``, for processes started by the server."""

import sys

from portal.cli import main

sys.exit(main())
