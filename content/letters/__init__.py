"""Letters: statutory slips and printable forms, from data to PDF.

``fonts`` finds the type, ``render`` makes the PDF, ``values`` and the modules of slips and
sheets say what each paper must know before it can be made. Nothing here queries, signs or
sends: who calls brings the data of a dossier or a procedure as plain values.
"""
