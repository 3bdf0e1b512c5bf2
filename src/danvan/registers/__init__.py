"""Light records whose fields are data: a register is declared in the browser, filled on a phone.

Never here: anything with a life-cycle of its own (assignments, petitions).
"""
