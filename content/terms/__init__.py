"""The glossary: terms of the trade in plain words, and their links in texts."""
