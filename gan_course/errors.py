"""The course's own errors: each names the thing, the reason and the way out."""


class GanCourseError(ValueError):
    """Something the reader can mend; the message says what is wrong and what to do."""


class DataError(GanCourseError):
    """A data file is missing, truncated, corrupted or not what its name says."""


class CheckpointError(GanCourseError):
    """A checkpoint or weight file is cut short, foreign, or of other networks."""


class WriteError(GanCourseError, OSError):
    """A file could not be written: no room or no permission. What was there is untouched."""


class DivergedError(GanCourseError):
    """A loss or a weight became infinite or not a number."""


class ClaimError(AssertionError):
    """A sentence of the course did not come true in this run."""
