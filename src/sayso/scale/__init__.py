"""Reading many reports, into Parquet: on one machine or, with the extra ``scale``, on a cluster with Ray.

``into.read_into`` is the main job. What is read is cut into shards (``shards``); each is read as a laptop reads it and
is there whole or not at all (``reading``); where they are read is the engine's business (``engines``, ``cluster``).
"""

from sayso.scale.into import ENGINES, read_into
from sayso.scale.linking import link_spread
from sayso.scale.loading import load

__all__ = ["ENGINES", "link_spread", "load", "read_into"]
