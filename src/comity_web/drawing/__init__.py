"""Drawings as trees of SVG elements: plain values in, geometry out; no framework, no register."""
