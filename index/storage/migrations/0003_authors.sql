-- Who wrote an article, without reading the article.

CREATE INDEX articles_by_author ON articles (author) WHERE author IS NOT NULL;
