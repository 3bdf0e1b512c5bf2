"""What a leader prints on one A4 page: targets now, the year, the heat map, indices, forecast.

An edge: it owns no rows; it reads facts and queries of what stands beneath.
"""
