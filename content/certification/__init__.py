"""Certification (chứng thực) and other work of one visit (T19): its books, its fees, its acts."""
