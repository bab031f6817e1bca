"""Join: the door with its code, then the block at which the room is, drawn anew by itself."""

from __future__ import annotations

from afterword.ui import join, member

room_id = join.room_here()
if room_id is None:
    join.door()
else:
    member.page(room_id)
