"""What exists on the local Discord: people, servers, channels, messages, commands, interactions.

Knows nothing of HTTP, websockets or pages; whoever wants to hear of changes subscribes to `World`.
"""
