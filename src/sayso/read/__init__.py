"""Reading: an article in, a Reading out."""

from pathlib import Path

from sayso.config import Config, places_to_read
from sayso.errors import UsageError
from sayso.read.added import AddedPlaces
from sayso.read.llm import LlmReader
from sayso.read.reader import Reader

__all__ = ["AddedPlaces", "LlmReader", "Reader", "reader_of"]


def reader_of(config: Config) -> Reader | LlmReader:
    """The reader that ``config`` names. UsageError where it cannot read as it is set, or the file of added places that
    it names is not there; SaysoError where that file is damaged."""
    places = AddedPlaces.load(places_to_read(config))
    if config.reader == "llm":
        return LlmReader.load(config.llm, config.limits, places)
    folder = Path(config.weights) if config.weights else None
    if folder and not (folder / "reader.onnx").is_file():
        raise UsageError(f"no weights in {folder}: expected the folder that sayso train --out wrote, with reader.onnx.")
    return Reader.load(folder, places=places)
