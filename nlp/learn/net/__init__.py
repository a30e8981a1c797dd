"""The multi-task net behind the tagger: a large teacher and the small student that ships. Needs the extra
`train`.
"""
