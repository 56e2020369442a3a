"""What runs inside LibreOffice: the standard library and ``uno`` alone, for Python 3.8 and newer.

LibreOffice's extension carries this folder; nothing here imports anything else of ours.
"""
