"""What an operator needs beside answering: backups, checks, health; it knows no Discord."""
