"""Reports at the desk: the statutory forms, lists behind their numbers, exports."""
