"""Import and export of procedures: files, the queue of differences, changes of many at once."""
