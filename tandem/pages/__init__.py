"""One file per kind of page; ``kinds.py`` lists them."""
