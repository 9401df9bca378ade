"""Procedures as data: what stands of a matter at an instant, what may follow, what was refused.

The package knows stages, events, calendars and decision rules; it reads no clock and names no
organisation.
"""
