"""The same as telling_server.py, but that each run is heard of the moment it begins, as where it takes long."""

from afterword import bursts
from tests.server.telling_server import app as app

bursts.PATIENCE = 0.0
