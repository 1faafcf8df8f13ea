"""The sample authority: its data files and the loader."""
