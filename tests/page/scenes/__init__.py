"""What is played for the pictures: each scene has a demo of its own, and says what it shows."""
