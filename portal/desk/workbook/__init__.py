"""The book of work: its lists, entries, forms, paper and spreadsheets, made from the kinds."""
