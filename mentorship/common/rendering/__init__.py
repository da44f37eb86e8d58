"""What people write and upload, made safe to show: Markdown, TeX, notebooks and files.

No models and no imports of any app. Author's HTML is sanitized last by nh3; what the sanitizer would not let
through (MathML, anchors, images of ours) waits in slots and is put in afterwards. See `slots.py`.
"""
