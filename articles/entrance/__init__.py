"""The way to the editors' pages: login, second factor, password reset, and the text of a form whose session had ended.

Apart from admin/, because that package registers its pages with the site that is made here.
"""
