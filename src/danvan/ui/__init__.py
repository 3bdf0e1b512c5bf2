"""What every page shares: frame, components, Vietnamese formats and fields.

Knows no noun of the programme. Contexts register their entry in the navigation
(``navigation.add``) and write pages with the tags listed in README.md. It never asks the
database anything and never decides who may do what: it shows decisions it is given.
"""
