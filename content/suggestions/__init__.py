"""The suggestion box: what people suggest, the answers, and the monthly opening record."""
