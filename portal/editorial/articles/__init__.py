"""Articles and pages: writing, review, publication, history. Both go the same way."""
