"""Other people's engines behind our protocol, a module a library, each with its fastest input."""
