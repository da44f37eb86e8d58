"""`{% load rings %}`, then `{% ring done required "Basics" %}`."""

from django import template

from streams import rings

register = template.Library()
register.simple_tag(rings.ring)
