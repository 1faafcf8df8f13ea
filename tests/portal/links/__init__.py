"""How links are tried."""
