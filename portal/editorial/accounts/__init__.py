"""Administrators' screens of officials' accounts: who there is, in which posts, since when."""
