"""A labelled corpus of columns from public packages, on which the inference of types is measured."""
