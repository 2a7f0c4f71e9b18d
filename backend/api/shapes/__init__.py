"""The shapes of answers, as the OpenAPI document and the front end's types know them. Views fill plain dicts."""
