"""Links gathered and tried."""
