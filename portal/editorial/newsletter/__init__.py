"""The newsletter: putting issues together, looking at them, sending them."""
