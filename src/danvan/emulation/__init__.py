"""“Dân vận khéo” models: registered, verified, recognised, replicated; and who is commended.

Never here: how units are ranked (scoring).
"""
