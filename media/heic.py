"""HEIC, the format of phones: read where pillow-heif is installed (requirements-heic.txt), refused with a sentence elsewhere.

It is not among the requirements: its wheels carry an encoder under the GPL, which who passes the site on must know of.
"""

from __future__ import annotations

try:
    import pillow_heif
except ImportError:
    IS_READ = False
else:
    pillow_heif.register_heif_opener(thumbnails=False)
    IS_READ = True
