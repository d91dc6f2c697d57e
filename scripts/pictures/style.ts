/** One style for all pictures. The panel is light in itself, so a picture reads on white and on black alike. */
export const COLOURS = {
  panel: "#f5f8f7",
  floor: "#dfe8e6",
  ink: "#243640",
  skin: "#f0cfb0",
  shirt: "#8fc3bd",
  shorts: "#4d7488",
  hair: "#5b4a45",
  muscle: "#e2401f",
  muscleEdge: "#a62410",
  arrow: "#1746a8",
  halo: "#ffffff",
  ghost: "#dce6e8",
  ghostLine: "#7c929b",
  wood: "#d9c4a3",
  woodDark: "#bea57e",
  cloth: "#ffffff",
  clothShade: "#dbe4ea",
  wall: "#cdd9dc",
  wallShade: "#b4c4c9",
  towel: "#f7dd8a",
  mat: "#cfdcf0",
  matDark: "#afc1de",
} as const;

export const LINE = 3.2;
export const PAGE = { width: 800, height: 600, corner: 28, margin: 34 } as const;
