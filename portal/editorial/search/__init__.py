"""Helping search: synonyms, pinned results, what was looked for in vain."""
