"""Publication decisions: preparing, publishing, where they are posted, packs for the board."""
