"""Grading a folder of submissions: `submissions` calls `process`, and that starts `inside`."""
