"""How dossiers of a procedure are handled, kept by administrators: its own rule, its chain of
agencies."""
