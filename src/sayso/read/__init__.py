"""Reading: an article in, a Reading out."""

from sayso.config import Config
from sayso.read.llm import LlmReader
from sayso.read.reader import Reader

__all__ = ["LlmReader", "Reader", "reader_of"]


def reader_of(config: Config) -> Reader | LlmReader:
    """The reader that ``config`` names. UsageError where it cannot read as it is set."""
    return LlmReader.load(config.llm, config.limits) if config.reader == "llm" else Reader.load()
