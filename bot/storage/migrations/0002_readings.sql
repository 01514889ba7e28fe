-- How a search was understood, beyond its words, dates and publishers.

ALTER TABLE searches ADD COLUMN reading TEXT NOT NULL DEFAULT '{}'; -- a JSON object
