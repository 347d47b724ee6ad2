"""`./tequio bench evaluation`: the estimators beside R and statsmodels, on the same data."""
