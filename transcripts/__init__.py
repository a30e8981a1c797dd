"""Audio to transcript, and transcript formats."""
