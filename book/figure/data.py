"""Groups of keys in YAML, as all of the package has them."""

from pydantic import BaseModel, ConfigDict


class Data(BaseModel):
    """A group of keys in YAML: frozen, exact about types, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)
