"""The bin: what was deleted in the last thirty days, and having it back."""
