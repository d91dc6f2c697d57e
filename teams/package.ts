import { AppManifestUtils } from "@microsoft/app-manifest";
import { strToU8, zipSync } from "fflate";
import { UserError } from "../src/errors.ts";
import { colorIcon, outlineIcon } from "./icons.ts";
import { COLOR_ICON, manifestOf, OUTLINE_ICON } from "./manifest.ts";
import type { PackageOptions } from "./options.ts";

/** Zip keeps times; a fixed one makes the same options give the same bytes. */
const MADE_AT = new Date(1980, 0, 2);

/**
 * The app package that Teams takes: the manifest and two icons, all at the root of the zip. It is checked against
 * Microsoft's schema, which its npm package holds: nothing is asked of the network.
 * @throws UserError bad-input with what the schema says
 */
export async function packageOf(options: PackageOptions): Promise<Uint8Array> {
  const manifest = manifestOf(options);
  const mistakes = await AppManifestUtils.validateAgainstSchema(manifest);
  if (mistakes.length > 0)
    throw new UserError("bad-input", `the manifest does not fit Microsoft's schema:\n${mistakes.join("\n")}`);
  return zipSync(
    {
      "manifest.json": strToU8(`${JSON.stringify(manifest, null, 2)}\n`),
      [COLOR_ICON]: colorIcon(),
      [OUTLINE_ICON]: outlineIcon(),
    },
    { mtime: MADE_AT },
  );
}
