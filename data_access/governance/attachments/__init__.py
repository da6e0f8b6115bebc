"""What may be attached: PDF, DOCX without macros, PNG and JPEG, each told by its content and searched for what could act."""
