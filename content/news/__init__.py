"""News and pages: written by editors, read by everybody."""
