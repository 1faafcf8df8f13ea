"""The newsletter: who gets it, and its issues."""
