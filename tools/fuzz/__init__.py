"""Feeds hostile input to every reader: each takes it or refuses it, and never fails or hangs.

``python -m tools.fuzz --inputs 100000`` does that in worker processes with bounded memory and a
watchdog. An input follows from the seed and its number, so every fault can be made again.
"""
