"""From labelled calls to the tagger's artefacts, and how good they are: corpus, training, evaluation."""
