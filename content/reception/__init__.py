"""Receiving citizens: when leaders receive, and where complaints, denunciations and
petitions go."""
