"""Editors: what the authority says of itself - units, staff, duty, reception of citizens."""
