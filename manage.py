#!/usr/bin/env python3
"""Newsroom's command line: `python manage.py help`."""

import os
import sys


def main() -> None:
    """Run the command named on the command line; wrong settings end in one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018  # reads the settings file now, where a bad value can still be told plainly
    except ImproperlyConfigured as error:
        sys.exit(f"Newsroom cannot start: {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
