"""What can be named in a figure, besides joints and regions: views, shapes, spots of the body, things around it.

Plain data without numpy, so that a book's front matter can be checked where nothing is drawn.
"""

from dataclasses import dataclass

UNITS_PER_MM = 20  # of a figure's own coordinates
SHAPES = ("woman", "man", "child", "baby")

# azimuth, elevation in degrees: 0 shows the front, -90 the person's right side with the face to the right
VIEWS = {
    "front": (0.0, 0.0),
    "back": (180.0, 0.0),
    "side": (-90.0, 0.0),
    "left-side": (90.0, 0.0),
    "side-high": (-90.0, 20.0),
    "three-quarter": (-45.0, 0.0),
    "left-three-quarter": (45.0, 0.0),
    "back-three-quarter": (-135.0, 0.0),
    "left-back-three-quarter": (135.0, 0.0),
    "front-high": (0.0, 30.0),
    "three-quarter-high": (-40.0, 25.0),
    "back-high": (180.0, 30.0),
    "top": (0.0, 90.0),
    "above": (-90.0, 90.0),
}


@dataclass(frozen=True)
class Landmark:
    """A spot on the skin, told on the upright body: from a point between two joints, look some way out.

    `bones` (first, second) with `share` of the way between them; `way` is (outward, up, front), outward being to
    the person's left for the left one; `on` names the bones whose skin counts; `limb` can carry it somewhere.
    """

    bones: tuple[str, str]
    share: float
    way: tuple[float, float, float]
    on: tuple[str, ...]
    limb: str = ""
    lift_dm: float = 0.0


OUT, IN, UP, DOWN, FRONT, BACK = (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)
_TRUNK, _HEAD = ("pelvis", "spine", "clavicle"), ("head", "neck")
_HAND = ("hand", "index", "middle", "ring", "pinky")
MIDDLE_LANDMARKS = {
    "crown": (Landmark(("head", "head"), 0, UP, _HEAD, "neck"),),
    "forehead": (Landmark(("neck_01", "head"), 1.75, FRONT, _HEAD, "neck"),),
    "nose": (Landmark(("neck_01", "head"), 1.25, FRONT, _HEAD, "neck"),),
    "chin": (Landmark(("neck_01", "head"), 0.75, (0, -0.5, 1), _HEAD, "neck"),),
    "back-of-head": (Landmark(("neck_01", "head"), 1.6, BACK, _HEAD, "neck"),),
    "nape": (Landmark(("neck_01", "head"), 0.5, BACK, _HEAD, "neck"),),
    "breastbone": (Landmark(("spine_03", "neck_01"), 0.5, FRONT, _TRUNK),),
    "navel": (Landmark(("spine_01", "spine_02"), 0.5, FRONT, _TRUNK),),
    "upper-back": (Landmark(("spine_03", "neck_01"), 0.5, BACK, _TRUNK),),
    "mid-back": (Landmark(("spine_02", "spine_03"), 0.8, BACK, _TRUNK),),
    "low-back": (Landmark(("spine_01", "spine_02"), 0.2, BACK, _TRUNK),),
}
SIDED_LANDMARKS = {
    "ear": (Landmark(("neck_01", "head"), 1.3, OUT, _HEAD, "neck"),),
    "shoulder": (Landmark(("upperarm", "upperarm"), 0, UP, ("upperarm", *_TRUNK)),),
    "shoulder-tip": (Landmark(("upperarm", "upperarm"), 0, OUT, ("upperarm", *_TRUNK)),),
    "upper-arm": (Landmark(("upperarm", "lowerarm"), 0.5, OUT, ("upperarm",), "arm"),),
    "elbow": (Landmark(("lowerarm", "lowerarm"), 0, BACK, ("upperarm", "lowerarm"), "arm"),),
    "forearm": (Landmark(("lowerarm", "hand"), 0.5, IN, ("lowerarm",), "arm"),),
    "forearm-edge": (
        Landmark(("lowerarm", "hand"), 0.3, BACK, ("lowerarm",), "arm"),
        Landmark(("hand", "pinky_01"), 0.8, BACK, _HAND, "arm"),
    ),
    "wrist": (Landmark(("lowerarm", "hand"), 1.0, IN, ("lowerarm", "hand"), "arm"),),
    "palm": (Landmark(("hand", "middle_01"), 0.6, IN, _HAND, "arm"),),
    "back-of-hand": (Landmark(("hand", "middle_01"), 0.6, OUT, _HAND, "arm"),),
    "grip": (Landmark(("hand", "middle_01"), 0.9, IN, _HAND, "arm", lift_dm=0.16),),
    "fingertips": tuple(
        Landmark((f"{finger}_02", f"{finger}_03"), 1.7, IN, (finger,), "arm")
        for finger in ("index", "middle", "ring")
    ),
    "thumb-tip": (Landmark(("thumb_02", "thumb_03"), 1.7, IN, ("thumb",), "arm"),),
    "hand": (
        Landmark(("hand", "middle_01"), 0.4, IN, _HAND, "arm"),
        Landmark(("middle_02", "middle_03"), 1.0, IN, _HAND, "arm"),
    ),
    "hip": (Landmark(("thigh", "thigh"), 0, OUT, ("pelvis", "thigh")),),
    "thigh": (Landmark(("thigh", "calf"), 0.55, FRONT, ("thigh",), "leg"),),
    "knee": (Landmark(("calf", "calf"), 0, FRONT, ("thigh", "calf"), "leg"),),
    "heel": (Landmark(("foot", "foot"), 0, (0, -0.5, -1), ("foot",), "leg"),),
    "toes": (Landmark(("foot", "ball"), 1.6, FRONT, ("ball",), "leg"),),
    "foot": (
        Landmark(("foot", "foot"), 0, (0, -1, -0.4), ("foot",), "leg"),
        Landmark(("foot", "ball"), 1.0, DOWN, ("foot", "ball"), "leg"),
    ),
}
LANDMARKS = MIDDLE_LANDMARKS | SIDED_LANDMARKS
LIMBS = {
    "neck": ("neck", "head_forward"),
    "arm": ("flex", "abd", "habd", "er", "elbow", "forearm", "wrist"),
    "leg": ("hip", "hip_abd", "hip_er", "knee", "ankle"),
}
RESTS = {
    "feet": ("foot", "ball"),
    "back": ("pelvis", "spine", "clavicle"),
    "front": ("pelvis", "spine", "clavicle"),
    "shoulders": ("spine_03", "clavicle"),
    "side": ("pelvis", "spine", "clavicle", "thigh", "upperarm"),
    "seat": ("pelvis", "thigh"),
}

PLACES = (
    "floor",
    "wall",
    "table",
    "seat",
    "seat-edge",
    "doorway",
    "ball",
    "handle",
)  # of things, that can be touched
# what each thing needs to be told
PROPS = {
    "wall": ("side", "at"),
    "door": (),
    "doorway": ("at",),
    "chair": (),
    "stool": (),
    "chair-ahead": ("at",),
    "table": ("under",),
    "mat": (),
    "roll": ("under",),
    "pillow": ("under",),
    "towel": ("under",),
    "ball": ("at",),
    "band": ("through",),
}
