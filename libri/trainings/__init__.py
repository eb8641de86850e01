"""Events with sessions, registration and fair seats, check-in, certificates, feedback, calendars."""
