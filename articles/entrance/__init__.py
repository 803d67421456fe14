"""The way to the editors' pages: login, second factor, password reset, the text of an expired session; and their guide.

Apart from admin/, because that package registers its pages with the site that is made here.
"""
