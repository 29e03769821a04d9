"""A help-desk console for court clerks who answer CM/ECF and PACER calls."""

__version__ = "0.1.0"
