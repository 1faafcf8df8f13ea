"""Working time, kept by administrators: days off with a preview of whose date they would move,
and the hours of each agency with its seasons."""
