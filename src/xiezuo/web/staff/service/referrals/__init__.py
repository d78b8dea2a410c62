"""Referrals and transfers, for those who work on the case."""
