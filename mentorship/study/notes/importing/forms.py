from typing import Any

from django import forms
from django.conf import settings


class ZipForm(forms.Form):
    """A folder of notes, packed."""

    file = forms.FileField(
        label="A zip of your notes' folder",
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={"required": "Choose a zip.", "empty": "This file is empty."},
        help_text="Pack the folder of Obsidian, or any folder with .md files. Up to 20 MB and 5,000 notes.",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            most = settings.UPLOAD_MAX_BYTES // 1024**2
            raise forms.ValidationError(f"This file is larger than {most} MB. Import the folder in parts.")
        begin = file.read(4)
        file.seek(0)
        if begin[:2] != b"PK":
            raise forms.ValidationError("This is no zip. Pack the folder first, then choose the zip.")
        return file
