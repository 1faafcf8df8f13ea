"""Where editors begin: what waits for them, finding what is being written, help."""
