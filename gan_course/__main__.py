"""`python -m gan_course`, and the script `gan-course`: see `training.cli`."""

import sys


def main() -> int:
    """Run the command that the arguments name; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console without ✔ shows a question mark
    if sys.argv[1:2] == ["doctor"]:  # these two must run where the libraries are missing
        from gan_course.training import doctor

        return doctor.main()
    if sys.argv[1:2] == ["explain"]:
        from gan_course.training import explain

        return explain.main(sys.argv[2:])
    try:
        from gan_course.training import cli
    except ImportError as error:
        print(f"{error}: `python -m gan_course doctor` says what to install", file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # the imports take seconds
        print("Stopped before anything was done.", file=sys.stderr)
        return 130
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
