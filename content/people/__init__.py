"""People: accounts, roles in agencies, sign-in sessions and identity numbers."""
