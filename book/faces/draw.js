// @ts-check
// Draws the faces of the course: `node draw.js SEED SEED ...` prints a line of JSON a face, after one
// with the names of the attributes and of their values. faces.py packs them for the package.
//
// The drawings are those of @dicebear/pixel-art (design CC0 1.0, code MIT), on a grid of 16 x 16.

import { createAvatar } from "@dicebear/core";
import * as style from "@dicebear/pixel-art";
import { Resvg } from "@resvg/resvg-js";

const SIZE = 32; // pixels a side: two for each square of the grid

// Attribute -> its values: name, what the package calls it, and the share in percent. The shares are
// uneven on purpose, as in pictures that were collected and not drawn.
const ATTRIBUTES = {
  hair: {
    cropped: ["short22", 12],
    parted: ["short02", 12],
    "flat top": ["short16", 9],
    mohawk: ["short21", 4],
    "bald on top": ["short18", 7],
    curls: ["short11", 7],
    bob: ["long21", 12],
    long: ["long13", 12],
    flicked: ["long03", 9],
    swept: ["long08", 6],
    buns: ["long14", 5],
    braids: ["long18", 5],
  },
  hairColor: {
    black: ["231f2b", 24],
    brown: ["5a3016", 24],
    blond: ["ecc445", 18],
    ginger: ["c8601c", 11],
    grey: ["a9adb3", 9],
    blue: ["1f8fd6", 7],
    pink: ["ec5fa5", 4],
    green: ["5fb336", 3],
  },
  skinColor: {
    "very light": ["ffdbac", 30],
    light: ["e6b98a", 27],
    medium: ["c9935f", 21],
    dark: ["a0683c", 14],
    "very dark": ["74492f", 8],
  },
  eyes: {
    ahead: ["variant09", 40],
    left: ["variant08", 22],
    right: ["variant07", 22],
    sleepy: ["variant05", 16],
  },
  glasses: {
    none: [null, 70],
    round: ["light06", 14],
    big: ["light07", 9],
    sunglasses: ["dark06", 7],
  },
  mouth: {
    smile: ["happy09", 28],
    grin: ["happy06", 18],
    laugh: ["happy12", 12],
    open: ["happy01", 10],
    straight: ["sad06", 18],
    frown: ["sad01", 14],
  },
  hat: {
    none: [null, 76],
    cap: ["variant07", 10],
    beanie: ["variant04", 10],
    "top hat": ["variant06", 4],
  },
  clothing: {
    plain: ["variant05", 30],
    striped: ["variant13", 18],
    checked: ["variant06", 12],
    collar: ["variant16", 15],
    straps: ["variant22", 13],
    "bow tie": ["variant12", 12],
  },
  clothingColor: {
    navy: ["2b4a8b", 22],
    sky: ["5bc0de", 18],
    green: ["2aa866", 16],
    red: ["d1223f", 18],
    yellow: ["f7c331", 14],
    violet: ["8e5ea2", 12],
  },
  backgroundColor: {
    blue: ["b6e3f4", 22],
    lilac: ["c9b8ea", 18],
    pink: ["ffd0d9", 18],
    mint: ["bdeccf", 16],
    lemon: ["fff1ad", 14],
    white: ["f7f7f7", 12],
  },
};
/** @type {Record<string, string>} */
const NAMES = {
  hairColor: "hair colour",
  skinColor: "skin",
  clothingColor: "clothing colour",
  backgroundColor: "background",
};
// a hat hides short hair: it stands only on hair that shows below it
const UNDER_A_HAT = ["bob", "long", "flicked", "swept", "braids"];
const HAT_COLOURS = { cap: "2663a3", beanie: "a62116", "top hat": "2f2a33" };
const FIXED = {
  eyesColor: ["33404d"],
  mouthColor: ["cf3644"],
  glassesColor: ["1d1d1d"],
  accessoriesProbability: 0,
  beardProbability: 0,
};

/** The options of createAvatar: lists to pick from, in which a value stands as often as its share. */
function lists() {
  /** @type {Record<string, any>} */
  const options = { ...FIXED };
  for (const [key, values] of Object.entries(ATTRIBUTES)) {
    const shown = Object.values(values).filter(([drawn]) => drawn);
    options[key] = shown.flatMap(([drawn, share]) => Array(share).fill(drawn));
    if (values.none) options[`${key}Probability`] = 100 - values.none[1];
  }
  return options;
}

/** The names of an avatar's attributes. */
function read(avatar) {
  const { extra } = avatar.toJson();
  extra.backgroundColor = extra.primaryBackgroundColor;
  return Object.fromEntries(
    Object.entries(ATTRIBUTES).map(([key, values]) => {
      const drawn = extra[key]?.replace("#", "") ?? null;
      return [key, Object.keys(values).find((name) => values[name][0] === drawn)];
    }),
  );
}

/** A face: the names of its attributes, and its pixels, RGB, row after row, in base64. */
function face(seed) {
  const options = { ...lists(), seed };
  let avatar = createAvatar(style, options);
  const { hair, hat } = read(avatar);
  if (!UNDER_A_HAT.includes(hair)) options.hatProbability = 0;
  options.hatColor = [HAT_COLOURS[hat] ?? "ffffff"];
  avatar = createAvatar(style, options); // the seed picks the same for all the rest
  const { pixels } = new Resvg(avatar.toString(), {
    fitTo: { mode: "width", value: SIZE },
  }).render();
  const rgb = pixels.filter((_, i) => i % 4 !== 3);
  return { seed, values: Object.values(read(avatar)), pixels: Buffer.from(rgb).toString("base64") };
}

const attributes = Object.entries(ATTRIBUTES).map(([key, values]) => [
  NAMES[key] ?? key,
  Object.keys(values),
]);
console.log(JSON.stringify({ attributes, size: SIZE }));
for (const seed of process.argv.slice(2)) console.log(JSON.stringify(face(seed)));
