"""Many pairs at once: a manifest, workers, and a corpus folder that loses nothing."""
