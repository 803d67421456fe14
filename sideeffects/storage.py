"""Static files of a local site. Production uses WhiteNoise's storage as it is and fails on a file not collected."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class LocalStaticFilesStorage(CompressedManifestStaticFilesStorage):
    def stored_name(self, name):
        try:
            return super().stored_name(name)
        except ValueError:  # not in the manifest: its plain name, which WhiteNoise then finds at its source
            return name
