"""Posts on their way from idea to published, with all that editors and readers do with them."""

from blog.models.address import Address
from blog.models.coauthor import Coauthor
from blog.models.comment import EditorComment
from blog.models.cross_post import CrossPost, CrossPostDelivery, JekyllTarget
from blog.models.fetch import Feed, ImageFetch
from blog.models.figure import Figure
from blog.models.link import Link
from blog.models.listed import Searchable, Tagged
from blog.models.notebook import Notebook
from blog.models.post import Post
from blog.models.reader_comment import ReaderComment
from blog.models.readers import Follow, Reads, Thanks
from blog.models.revision import Revision
from blog.models.series import Part, Series
from blog.models.shared import Shared
from blog.models.suggestion import Suggestion

__all__ = [
    "Address",
    "Coauthor",
    "CrossPost",
    "CrossPostDelivery",
    "EditorComment",
    "Feed",
    "Figure",
    "Follow",
    "ImageFetch",
    "JekyllTarget",
    "Link",
    "Notebook",
    "Part",
    "Post",
    "ReaderComment",
    "Reads",
    "Revision",
    "Searchable",
    "Series",
    "Shared",
    "Suggestion",
    "Tagged",
    "Thanks",
]
