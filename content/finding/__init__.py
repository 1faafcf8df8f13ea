"""How search is helped by hand: synonyms, pinned results, and what was looked for in vain."""
