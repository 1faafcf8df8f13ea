"""Comments of readers: the queue, and which articles take them."""
