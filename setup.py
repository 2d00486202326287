"""The folders of the wheel: all of gan_course, those of its data too, and configs/ inside it."""

from setuptools import find_namespace_packages, setup

FOLDERS = find_namespace_packages(include=["gan_course*"], exclude=["*__pycache__*"])
setup(packages=[*FOLDERS, "gan_course.configs"], package_dir={"gan_course.configs": "configs"})
