"""Speed and memory of the portal, measured as people meet it: over HTTP, on a real site.

``python -m tests.bench`` (``make bench``) prints budget, figure, ratio and verdict, and
keeps them as JSON under ``var/bench/``. Machines are noisy: every figure stands beside
a bare WSGI function on the same server in the same run.
"""
