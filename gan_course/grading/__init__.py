"""Grading a folder of submissions: `submissions` (the command), `process` (one notebook, with
limits), `inside` (in its process).
"""
