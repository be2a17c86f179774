"""Things put around a posed person, made to measure, or left as they stood in an earlier scene.

One maker a kind of thing; a further thing is a further maker here, a row in `vocabulary.PROPS`, and a colour.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from book.figure import props
from book.figure.body import Points
from book.figure.joints import bare, sides_of
from book.figure.pose import held_by
from book.figure.reach import OUTER, Goal
from book.figure.scene import NO_SPOT, Made, Scene
from book.figure.spec import Prop
from book.figure.spots import with_sides

SINK_DM = 0.08  # how far flesh gives way on a seat
SEAT_HALF_DM, SEAT_DEEP_DM = 2.15, 4.2
MAT_HALF_DM, CLEAR_DM = 3.3, 0.15
POST_INNER_DM, POST_DM, DOORWAY_DM = 0.05, 1.1, 10.5
NEAR_DM, LEAST_ROLL_DM, ROLL_HALF_DM, SOLE_DM, TAIL_DM = 0.4, 0.2, 2.6, 0.2, 0.55
TABLE_HALF_DM, TABLE_DEEP_DM, BENEATH_DM, ROOM_DM = 4.2, 2.6, 0.4, 0.35
DOOR_AWAY_DM, HANDLE_OUT_DM = 4.0, 0.45
WALL_TOP_DM, BEHIND_DM = 23.0, 4.0  # walls leave the picture at its top; what is beyond their face is inside
WAYS = {"front": (0, 0, 1), "back": (0, 0, -1), "left": (1, 0, 0), "right": (-1, 0, 0)}


def _plane(at: ArrayLike, way: ArrayLike) -> Goal:
    return Goal(NO_SPOT, np.asarray(at, float), np.asarray(way, float), plane=True)


def _point(at: ArrayLike, way: ArrayLike) -> Goal:
    return Goal(NO_SPOT, np.asarray(at, float), np.asarray(way, float), plane=False)


def furnish(scene: Scene, earlier: Scene | None) -> Scene:
    """Put the things of a stance around the person, made to measure, or as they stood before."""
    stood = dict(earlier.made) if earlier else {}
    scene = replace(scene, made=())
    for prop in sorted(scene.stance.props, key=lambda prop: ORDER.index(prop.prop)):
        made = stood[prop] if prop in stood and prop.prop in STANDING else _MAKERS[prop.prop](scene, prop)
        scene = replace(scene, made=(*scene.made, (prop, made)))
    return scene


def _seat(scene: Scene, prop: Prop) -> Made:
    """Make a chair or stool under the thighs, its front edge behind the knees."""
    posed = scene.posed
    held = held_by(posed, ("pelvis", "thigh"))
    knee = min(posed.joint(f"calf_{side}")[2] for side in "lr")
    flesh = posed.vertices[held & (posed.vertices[:, 2] < knee - 0.9)]
    top, back = float(flesh[:, 1].min()) + SINK_DM, float(flesh[:, 2].min())
    calves = posed.vertices[held_by(posed, ("calf",))]
    front, wide = float(calves[calves[:, 1] < top, 2].min()) - CLEAR_DM, SEAT_HALF_DM
    rear = min(back - 0.35, front - SEAT_DEEP_DM)
    middle = float(posed.joint("pelvis")[2])
    return props.seat(prop.prop, top, rear, front, wide), _seat_places(top, wide, middle + 0.5)


def _chair_ahead(scene: Scene, prop: Prop) -> Made:
    """Make a chair turned to the person, as high as her lower leg is long, its front edge below a spot."""
    posed = scene.posed
    points = np.vstack([scene.spot(name).points(posed) for name in with_sides(prop.at or "")])
    top = float(np.linalg.norm(posed.joint("calf_l") - posed.joint("foot_l")))
    trunk = posed.vertices[held_by(posed, ("pelvis", "spine", "neck", "head"))]
    beneath = trunk[trunk[:, 1] < top + ROOM_DM, 2]  # what is above the seat may lean over it
    edge = max(float(points[:, 2].mean()), float(beneath.max(initial=-np.inf)) + ROOM_DM)
    chair = props.seat("chair", top, -edge - SEAT_DEEP_DM, -edge, SEAT_HALF_DM)
    return [props.faced_about(solid) for solid in chair], _seat_places(top, SEAT_HALF_DM, edge + 0.5)


def _seat_places(top: float, wide: float, z: float) -> dict[str, Goal]:
    """Give what can be touched of a seat: its top, and a point of each side edge."""
    places = {"seat": _plane([0, top, 0], [0, 1, 0])}
    for side, sign in (("left", 1), ("right", -1)):
        places[f"{side}-seat-edge"] = _point([sign * wide, top - props.SEAT_DM / 2, z], [sign, 0, 0])
    return places


def _wall(scene: Scene, prop: Prop) -> Made:
    """Make a wall where the body (or a spot, or the ball) reaches farthest to its side."""
    way = np.array(WAYS[prop.side or "back"], float)
    reached = scene.posed.vertices
    if prop.at == "ball":
        reached = np.vstack([solid.points for solid in scene.solids if solid.kind == "ball"])
    elif prop.at:
        reached = np.vstack([scene.spot(name).points(scene.posed) for name in with_sides(prop.at)])
    face = float((reached @ way).max())
    axis = int(np.abs(way).argmax())
    low, high = np.array([-5.0, 0, -5.0]), np.array([5.0, WALL_TOP_DM, 5.0])
    low[axis], high[axis] = sorted([face * way[axis], (face + props.WALL_DM) * way[axis]])
    wall = props.box("wall", low, high)
    low[axis], high[axis] = sorted([face * way[axis], (face + BEHIND_DM) * way[axis]])
    return [replace(wall, box=np.array([low, high]))], {"wall": _plane(face * way, -way)}


def _door(scene: Scene, _prop: Prop) -> Made:
    """Make a shut door some way ahead, with a handle that a band can hang on."""
    face = float(scene.posed.vertices[:, 2].max()) + DOOR_AWAY_DM
    handle = np.array([0, props.HANDLE_HEIGHT_DM, face - HANDLE_OUT_DM])
    line = np.array([[0, 0, HANDLE_OUT_DM], [0, 0, 0], [0, -0.25, 0]])
    bar = props.tube("handle", list(handle + line), 0.12)
    return [props.box("wall", (-4.5, 0, face), (4.5, WALL_TOP_DM, face + props.WALL_DM)), bar], {
        "handle": _point(handle, [0, 0, -1])
    }


def _doorway(scene: Scene, prop: Prop) -> Made:
    """Make a doorway: one post in front of a forearm, the other beyond the person."""
    side = sides_of(with_sides(prop.at or "")[0])[0]
    out = 1 if side == "left" else -1
    arm = scene.posed.vertices[held_by(scene.posed, ("lowerarm", "hand"), side)]
    face, x = float(arm[:, 2].max()) - 0.04, float(np.median(arm[:, 0]))
    posts = []
    for inner, way in ((x - out * POST_INNER_DM, out), (x - out * DOORWAY_DM, -out)):
        ends = sorted([inner, inner + way * POST_DM])
        posts.append(props.box("wall", (ends[0], 0, face), (ends[1], WALL_TOP_DM, face + 0.9)))
    return posts, {"doorway": _plane([0, 0, face], [0, 0, -1])}


def _table(scene: Scene, prop: Prop) -> Made:
    """Make a table whose top is under a spot, before the person, wide enough for the arm that rests on it."""
    points = np.vstack([scene.spot(name).points(scene.posed) for name in with_sides(prop.under or "")])
    arms = np.vstack(
        [scene.posed.vertices[held_by(scene.posed, OUTER["arm"], side)] for side in sides_of(prop.under or "")]
    )
    top = float(min(points[:, 1].min(), arms[:, 1].min()))
    trunk = scene.posed.vertices[held_by(scene.posed, ("pelvis", "spine"))]
    level = max(top, float(scene.posed.joint("pelvis")[1])) + ROOM_DM  # what is above the board may lean over it
    front = float(trunk[trunk[:, 1] < level, 2].max())
    x = float(points[:, 0].mean()) / 2
    wide = max(TABLE_HALF_DM, float(np.abs(arms[:, 0] - x).max()) + ROOM_DM)
    middle = np.array([x, front + ROOM_DM + TABLE_DEEP_DM])
    board, *legs = props.table(top, middle, wide, TABLE_DEEP_DM)
    low, high = board.points.min(axis=0), board.points.max(axis=0)
    felt = np.array([low - [0, BENEATH_DM, 0], high])  # a hand beneath the board has gone through it
    return [replace(board, box=felt), *legs], {"table": _plane([0, top, 0], [0, 1, 0])}


def _mat(scene: Scene, _prop: Prop) -> Made:
    low, high = (float(end(scene.posed.vertices[:, 2])) for end in (np.min, np.max))
    middle = float(scene.posed.joint("pelvis")[0])
    ends = (middle - MAT_HALF_DM, -props.MAT_DM, low - 0.6), (middle + MAT_HALF_DM, 0, high + 0.6)
    return [props.box("mat", *ends)], {}


def _cushion(scene: Scene, prop: Prop) -> Made:
    """Make a pillow or folded towel that fills the room between the floor (or a table) and a spot."""
    points = np.vstack([scene.spot(name).points(scene.posed) for name in with_sides(prop.under or "")])
    top, (x, z) = float(points[:, 1].min()) + 0.05, points[:, [0, 2]].mean(axis=0)
    wide, deep = (1.25, 1.0) if prop.prop == "pillow" else (1.0, 0.8)
    floor = scene.places["table"].at[1] if "table" in scene.places else 0.0
    return [props.box(prop.prop, (x - wide, floor, z - deep), (x + wide, max(top, floor + 0.1), z + deep))], {}


def _roll(scene: Scene, prop: Prop) -> Made:
    """Make a rolled towel along the spine, or across under a spot, that fills the room between body and floor."""
    trunk = scene.posed.vertices[held_by(scene.posed, ("pelvis", "spine"))]
    if prop.under == "spine":
        low, high = (float(scene.posed.joint(bone)[2]) for bone in ("spine_02", "head"))
        along = (trunk[:, 2] > min(low, high)) & (trunk[:, 2] < max(low, high))
        radius = _room(trunk[along & (np.abs(trunk[:, 0]) < NEAR_DM)])
        line = [np.array([0, radius, z]) for z in np.linspace(low, high, 5)]
    else:
        z = float(scene.spot(prop.under or "").point(scene.posed)[2])
        radius = _room(trunk[np.abs(trunk[:, 2] - z) < NEAR_DM])
        line = [np.array([x, radius, z]) for x in np.linspace(-ROLL_HALF_DM, ROLL_HALF_DM, 5)]
    return [props.tube("roll", line, radius)], {}


def _room(points: Points) -> float:
    """Give half the height of the lowest of some points, with a little for the weight on them."""
    return max(LEAST_ROLL_DM, (float(points[:, 1].min()) + SINK_DM) / 2)


def _ball(scene: Scene, prop: Prop) -> Made:
    spot = scene.spot(with_sides(prop.at or "")[0])
    point, way = spot.point(scene.posed), spot.way(scene.posed)
    centre = point + way * (props.BALL_DM - SINK_DM)
    return [props.ball(centre)], {"ball": _point(centre + way * props.BALL_DM, way)}


def _band(scene: Scene, prop: Prop) -> Made:
    """Make a band pulled straight from spot to spot; beyond a fist that holds its end hangs a bit more."""
    line: list[Points] = []
    for name in prop.through:
        for one in [name] if name in scene.places else with_sides(name):
            line += _band_points(scene, one, line)
    ends = [line[0] + _tail(line[0] - line[1]), *line, line[-1] + _tail(line[-1] - line[-2])]
    return [props.tube("band", _pulled(ends), props.BAND_DM)], {}


def _tail(way: Points) -> Points:
    return np.asarray(way * TAIL_DM / np.linalg.norm(way))


def _band_points(scene: Scene, name: str, line: list[Points]) -> list[Points]:
    """Give where a band meets a spot; it goes in under a foot on its near edge and comes out on the other."""
    if name in scene.places:
        return [scene.places[name].at]
    point = scene.spot(name).point(scene.posed)
    if bare(name) != "foot":
        return [point]
    ball, sole = (
        scene.posed.vertices[held_by(scene.posed, parts, sides_of(name)[0])]
        for parts in (("ball",), ("foot", "ball"))
    )
    if ball[:, 1].min() > SOLE_DM:  # a foot in the air holds the band with its ball
        return [scene.spot(name).points(scene.posed)[-1]]
    across = sole[(sole[:, 1] < SOLE_DM) & (np.abs(sole[:, 2] - point[2]) < NEAR_DM), 0]
    edges = [np.array([x, SOLE_DM / 2, point[2]]) for x in (float(across.min()), float(across.max()))]
    return sorted(edges, key=lambda edge: float(np.linalg.norm(edge - line[-1])) if line else 0.0)


def _pulled(line: list[Points]) -> list[Points]:
    """Give a line of points with short steps at its corners, so that a tube along it keeps its width."""
    found = [line[0]]
    for start, end in pairwise(line):
        short = min(0.1 / float(np.linalg.norm(end - start)), 0.3) * (end - start)
        found += [start + short, end - short]
    return [*found, line[-1]]


_MAKERS: dict[str, Callable[[Scene, Prop], Made]] = {
    "ball": _ball, "chair": _seat, "stool": _seat, "chair-ahead": _chair_ahead, "table": _table, "door": _door,
    "wall": _wall, "doorway": _doorway, "mat": _mat, "pillow": _cushion, "towel": _cushion, "roll": _roll,
    "band": _band,
}  # fmt: skip
ORDER = list(_MAKERS)
STANDING = {"chair", "stool", "chair-ahead", "table", "door", "wall", "doorway", "mat", "pillow", "towel", "roll"}
