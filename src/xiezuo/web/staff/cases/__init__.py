"""Pages of cases: one case, caseloads, handing over, conferences, supervision."""
