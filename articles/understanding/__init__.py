"""What somebody typed, understood: which medicines, which symptoms, which warning signs; and what has to be asked.

understand() in reading.py is the way in. A reader's words are never corrected silently: a likely spelling is asked about.
"""
