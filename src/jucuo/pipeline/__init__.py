"""The spaCy side: tokenizer, components, scorers and extension attributes, registered by entry points."""
