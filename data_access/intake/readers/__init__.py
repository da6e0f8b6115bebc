"""Source files as people export them, each read into `Table`s of text: cells as they stand, rows as a person counts them.

Nothing here knows levels or codes; `intake.mapping` does. Every file is first copied to a private folder while its hash is
taken (`copying`), so that what is read is what was hashed, whatever happens to the original meanwhile.
"""
