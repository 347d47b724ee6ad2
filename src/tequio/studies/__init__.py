"""From a question to a finding: plans, lotteries, data sets, runs, releases."""
