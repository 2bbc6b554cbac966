"""Readers' and staff's accounts on top of allauth: forms, the account page, the lock, the top bar's hint."""
