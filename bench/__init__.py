"""Measurements, each a program: `make bench` runs them. Nothing here is a test."""
