"""The package behind the GAN course: small modules, one idea each. Importing it loads nothing but
this line.
"""

__version__ = "0.2.0"
