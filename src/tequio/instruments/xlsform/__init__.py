"""Forms that others wrote in a spreadsheet (XLSForm, REDCap), taken in and given out."""
