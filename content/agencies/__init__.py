"""Agencies of the authority, and the places of the country."""
