import { build } from "esbuild";
import { inRoot } from "../../scripts/shared/paths.mjs";

/**
 * A page's script with all that it imports, minified: the same for every library.
 * @param {string} contents its paths start at the repository's root
 * @param {string[]} [outside] what is not bundled
 */
export async function bundle(contents, outside = []) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: inRoot() },
    bundle: true, minify: true, format: "esm", target: "es2022", platform: "browser", write: false, legalComments: "none", logLevel: "silent",
    external: outside, plugins: [loadedOnDemand],
  });
  return outputFiles[0].text;
}

/** What a page may never ask for stays a file of its own. */
const loadedOnDemand = {
  name: "loaded-on-demand",
  setup(bundler) {
    bundler.onResolve({ filter: /./ }, ({ kind, path }) => (kind === "dynamic-import" ? { path, external: true } : undefined));
  },
};
