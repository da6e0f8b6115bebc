"""Everything that decides what may be known. The way of a number:

file -> `intake` (validated frame, or findings) -> `release.vault` (raw, the owner's) -> `release.build` (lattice and noise)
-> `release.shelf` (signed file, atomic pointer) -> `access.scope` (role, agreement, place) -> `access.gateway.ask` (check,
read, display rules, audit) -> `access.result.Protected` -> figure, page or file; or -> `projection` (scenarios) -> the same.

The few names that pages need: `access.gateway.ask`, `access.query.Query`, `access.viewer.Viewer`, `access.scope.scope`,
`access.result.Protected`. Importing this package imports nothing, so that words and errors cost nothing to use.
"""
