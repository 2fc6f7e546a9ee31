"""What a notice declares, field by field: passages and a lexicon in, values of the model out."""
