"""Who works where: units, staff, the duty roster. Public contact data only."""
