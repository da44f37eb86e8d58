"""Posts on their way from draft to published, with every revision and what editors say of them."""

from blog.models.comment import EditorComment
from blog.models.post import Post
from blog.models.revision import Revision

__all__ = ["EditorComment", "Post", "Revision"]
