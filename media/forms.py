"""Forms of the photo library."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from media import ingest, sniffing
from media.models import Photo, Stream
from newsroom.text import clean_line

MAX_KEYWORDS = 60
MAX_CAPTIONS_BYTES = 2 * 1024 * 1024


class WordsField(forms.CharField):
    """A list of words, typed with commas between them."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(word) for word in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        words = (clean_line(word)[:80] for word in (super().to_python(value) or "").split(","))
        return list(dict.fromkeys(word for word in words if word))[:MAX_KEYWORDS]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))


class PhotoForm(forms.ModelForm[Any]):
    """What people may say about a photo. A new one brings its file, which is examined before anything else is done."""

    examined: ingest.Examined | None = None
    keywords = WordsField(label=_("Keywords"), required=False, help_text=_("With commas between them."))
    replacement = forms.FileField(
        label=_("Another file for this photo"),
        required=False,
        help_text=_("Every page that shows the photo shows the new file. What is typed here stays."),
    )

    class Meta:
        model = Photo
        fields = [
            "image", "title", "caption", "alt", "is_decorative", "credit", "creator", "copyright_notice", "licence", "usage_terms",
            "valid_until", "do_not_publish", "taken_at", "place", "keywords", "is_archived", "focal_x", "focal_y", "digital_source_type",
        ]  # fmt: skip
        widgets = {name: forms.Textarea(attrs={"rows": 3, "cols": 60}) for name in ("caption", "alt", "usage_terms")}

    def clean_image(self) -> Any:
        """The file, if it is an acceptable picture that the library does not hold yet."""
        file = self.cleaned_data["image"]
        return file if file is None or self.instance.pk else self._examined(file)

    def clean_replacement(self) -> Any:
        """The other file, if there is one, judged like a new one."""
        file = self.cleaned_data["replacement"]
        return self._examined(file) if file and self.instance.pk else None

    def _examined(self, file: Any) -> Any:
        try:
            self.examined = ingest.examine(file)
        except ingest.PhotoRefused as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from refusal
        return file


class StreamForm(forms.ModelForm[Any]):
    """A stream; one on air has something to play."""

    class Meta:
        model = Stream
        fields = [
            "title", "label", "programme_title", "description", "language", "video_url", "video_file", "audio_url", "audio_file", "audio_kbit",
            "captions_file", "poster", "is_on_air", "position", "starts_at", "ends_at",
        ]  # fmt: skip

    def clean_captions_file(self) -> Any:
        """The file, if it is a new one in WebVTT or none at all."""
        file = self.cleaned_data["captions_file"]
        if not file or "captions_file" not in self.changed_data:
            return file
        if file.size > MAX_CAPTIONS_BYTES:
            raise forms.ValidationError(_("Captions are text: this file is far too large."), code="too_large")
        file.seek(0)
        if not sniffing.is_webvtt(file.read()):
            raise forms.ValidationError(
                _("This file is not in WebVTT: it must be UTF-8 text whose first line says WEBVTT."), code="webvtt"
            )
        return file
