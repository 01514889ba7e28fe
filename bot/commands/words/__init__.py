"""Commands in plain words, for whoever cannot or does not want to use slash commands.

    text → Spoken (which command, in which language) → Arguments → the command itself → Delivery

Everything is made from the commands and the catalogue of texts, so that a command that is added has
its words at once. Knows no command by what it does.
"""
