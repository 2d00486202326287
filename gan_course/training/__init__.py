"""Runs described by YAML files: `recipes` (what to train), `runs` (a run's folder), `cli` (the
command), `classify`.
"""
