"""Every destination that work is done for, by its name."""

from blog.crossposting.destination import Destination
from blog.crossposting.devto import DevTo
from blog.crossposting.hashnode import Hashnode
from blog.crossposting.jekyll import Jekyll

DESTINATIONS: dict[str, Destination] = {one.name: one for one in (Jekyll(), DevTo(), Hashnode())}
