"""What is measured, a module a process: each returns figures by name, for one engine or for all."""
