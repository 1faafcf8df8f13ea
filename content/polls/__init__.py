"""Polls: one question, some answers, a count of votes and nothing about voters."""
