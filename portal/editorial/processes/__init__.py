"""Internal processes: the list, one process with its history, writing, comparing, printing."""
