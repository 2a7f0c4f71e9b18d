"""The clinical protocol: facts in, assessment, advice and explanations out.

Plain Python without Django. Clinical numbers live in `data/`, sentences in `texts/`, the condition language is
described in `language.md`. The phone runs a twin of every file here: `frontend/src/protocol/`.
"""
