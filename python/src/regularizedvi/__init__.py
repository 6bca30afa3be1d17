"""The program regularizedvi from Python: it trains on an AnnData or MuData in memory, and answers about it.

All computing is the program's. This package writes the counts to temporary files, runs the program on them, and brings what it made
back. The names are those of scvi-tools and of the Python package of the same model.
"""

from importlib.metadata import version

from regularizedvi._model import AmbientRegularizedSCVI, RegularizedMultimodalVI
from regularizedvi._report import Report

__all__ = ["AmbientRegularizedSCVI", "RegularizedMultimodalVI", "Report", "__version__"]
__version__ = version("regularizedvi")
