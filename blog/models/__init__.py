"""Posts on their way from draft to published, with every revision and what editors say of them."""

from blog.models.address import Address
from blog.models.coauthor import Coauthor
from blog.models.comment import EditorComment
from blog.models.fetch import Feed, ImageFetch
from blog.models.figure import Figure
from blog.models.listed import Searchable, Tagged
from blog.models.notebook import Notebook
from blog.models.post import Post
from blog.models.revision import Revision
from blog.models.series import Part, Series
from blog.models.suggestion import Suggestion

__all__ = [
    "Address",
    "Coauthor",
    "EditorComment",
    "Feed",
    "Figure",
    "ImageFetch",
    "Notebook",
    "Part",
    "Post",
    "Revision",
    "Searchable",
    "Series",
    "Suggestion",
    "Tagged",
]
