/** One style for all pictures. The panel is light in itself, so a picture reads on white and on black alike. Short colours keep the files small. */
export const COLOURS = {
  panel: "#f5f8f7",
  floor: "#dfe8e6",
  ink: "#234",
  skin: "#eca",
  shirt: "#9cc",
  shorts: "#578",
  hair: "#544",
  muscle: "#e42",
  muscleEdge: "#a21",
  mouth: "#733",
  arrow: "#14a",
  halo: "#fff",
  ghost: "#dde6e8",
  ghostLine: "#789",
  wood: "#dca",
  woodDark: "#ba8",
  cloth: "#fff",
  wall: "#cdd",
  wallShade: "#bcc",
  towel: "#fd8",
  mat: "#cde",
  matDark: "#abd",
} as const;

/** The width of a line and the page, in pixels. */
export const LINE = 3.2;
export const PAGE = { width: 800, height: 600, corner: 28, margin: 34 } as const;
