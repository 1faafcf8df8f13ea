"""Sections of the news: their tree, names and order."""
