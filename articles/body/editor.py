"""Left for settings that still ask: the editor brings its own extensions (articles/static/articles/editor/editor.js)."""

PROSE_EDITOR_EXTENSIONS: list[dict[str, object]] = []
