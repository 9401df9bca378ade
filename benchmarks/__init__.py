"""Measuring the site (``make bench-site``) and power (``python -m benchmarks.power``) by peers."""
