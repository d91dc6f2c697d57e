/**
 * Black or white, whichever reads better on a colour: one of the two always has 4.5:1 (WCAG 2.2, relative luminance).
 * @param rgb red, green and blue, 0 to 255
 */
export function inkOn(rgb: readonly number[]): "#000" | "#fff" {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff";
}

/** Colours the element. What is no colour changes nothing. */
export function paint(element: HTMLElement, colour: string | null): void {
  element.style.removeProperty("--unknot-accent");
  element.style.removeProperty("--unknot-on-accent");
  if (colour === null || !CSS.supports("color", colour)) return;
  const probe = document.createElement("span");
  probe.style.color = colour;
  document.head.append(probe);
  const rgb = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  probe.remove();
  element.style.setProperty("--unknot-accent", colour);
  element.style.setProperty("--unknot-on-accent", inkOn(rgb));
}
