"""The multi-task net behind the tagger: first layers of a language model, taught on the corpus. Needs the
extra `train`.
"""
