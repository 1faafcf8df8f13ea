"""How a procedure is shown, wherever it is: lines of lists, the values of its page.

Infrastructure of the features that show procedures; no views, no addresses of its own.
"""
