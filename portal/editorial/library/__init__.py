"""Editors: the library of legal documents."""
