"""“Dân vận khéo” models: registered, verified on site, effective, recognised, awarded; taken
up by other units; and who is proposed for commendation, on which grounds.

An `Exemplar` is a "mô hình, điển hình" (Django keeps the word model to itself). Never here:
how units are ranked (scoring).
"""
