"""Every error that `index` raises on purpose, drawn once.

    PullquoteError                 something a person can act on; its text says what to do
    ├── StorageError               the database or a file of the index cannot be used
    │   ├── NewerSchemaError       it was written by a newer Pullquote
    │   ├── DatabaseBusyError      another process or connection holds it
    │   ├── DamagedSegmentError    a segment or the manifest is not as it was written
    │   └── OutdatedSegmentError   it is in another version's format
    ├── SourceError                an article source cannot be read
    │   ├── FileRefusedError       a whole file is left out
    │   ├── FeedNotFoundError      a feed is named that is not followed
    │   └── ArticleRefusedError    one article of a file is left out
    ├── IndexingInProgressError    a second index run was started while one is at work
    │   └── WriterBusyError        another process or object holds the lock of the segments
    └── InvalidQueryError          a filter or operator that cannot be understood

Each message is one sentence for the person who reads it: what happened, then what to do.
"""


class PullquoteError(Exception):
    """Base of all errors whose text may be shown to a person."""


class StorageError(PullquoteError):
    """The database, or a file of the index, cannot be opened, read or written."""


class NewerSchemaError(StorageError):
    """The database was written by a newer version of Pullquote."""


class DatabaseBusyError(StorageError):
    """The database is held by another process or connection."""


class DamagedSegmentError(StorageError):
    """A segment or the manifest of segments is cut short or altered; the text has the reason."""


class OutdatedSegmentError(StorageError):
    """A segment or the manifest was written, undamaged, in the format of another version."""


class SourceError(PullquoteError):
    """Something that was to be read as articles cannot be."""


class FileRefusedError(SourceError):
    """A file that is left out; the text is the reason, without the file's name."""


class FeedNotFoundError(SourceError):
    """A feed was named that is not followed, or by a name that several have."""


class ArticleRefusedError(SourceError):
    """One article of a file that is left out; the text is the reason."""


class IndexingInProgressError(PullquoteError):
    """An index run was asked for while another is at work."""


class WriterBusyError(IndexingInProgressError):
    """The segments are being written by another holder of their lock."""


class InvalidQueryError(PullquoteError, ValueError):
    """A question, filter or date that cannot be understood."""
