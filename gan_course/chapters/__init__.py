"""What serves one chapter: each module is named after what its notebook is about, and imports the
core alone.
"""
