"""python -m gan_course.grade: see `grading.submissions`."""

import sys

from gan_course.grading.submissions import main

if __name__ == "__main__":
    sys.exit(main())
