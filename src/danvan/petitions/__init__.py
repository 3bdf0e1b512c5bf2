"""Reception of citizens and their petitions, from the first word to the decision carried out.

Never here: who a sealed denouncer is (vault), what citizens see (portal).
"""
