"""The websocket side of the local Discord: sessions that hear of events and can be resumed."""
