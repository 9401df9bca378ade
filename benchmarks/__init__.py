"""Measuring the site, alone and beside a peer. Run by ``make bench-site``, never by the tests."""
