import { existsSync, readFileSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { VitePWA } from "vite-plugin-pwa";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { FILES, isOfLog } from "./scripts/chunks";
import en from "./src/texts/en.json" with { type: "json" };
import es from "./src/texts/es.json" with { type: "json" };
import zhHans from "./src/texts/zh-Hans.json" with { type: "json" };

const WORDS: Record<string, Record<string, string>> = { en, es, "zh-Hans": zhHans };
const FIRST_WORDS = [
  "today.morning",
  "today.afternoon",
  "today.evening",
  "today.log",
  "today.short",
  "day.today",
  "grab.label",
  "grab.team",
  "grab.line",
  "grab.line_now",
  "grab.emergency",
];

type BuiltChunk = {
  file: string;
  css?: string[];
  assets?: string[];
  imports?: string[];
  dynamicImports?: string[];
};

/** Every file the patient page can ask for: walked from index.html in Vite's own build manifest. */
function filesOfThePatientPage(): Set<string> {
  const manifest = "dist/.vite/manifest.json";
  if (!existsSync(manifest)) return new Set();
  const built = JSON.parse(readFileSync(manifest, "utf8")) as Record<string, BuiltChunk>;
  const files = new Set(["index.html"]);
  const walked = new Set<string>();
  const walk = (key: string): void => {
    const chunk = built[key];
    if (!chunk || walked.has(key)) return;
    walked.add(key);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) walk(next);
  };
  walk("index.html");
  return files;
}

/** What the log is made of is asked for by the page itself, after all else, so that a slow line is never idle. */
const inGoodTime: Plugin = {
  name: "in-good-time",
  transformIndexHtml: {
    order: "post",
    handler: (_, { path, bundle }) => {
      const chunks = Object.values(bundle ?? {}).filter((file) => file.type === "chunk");
      // Its own file, and the few bytes by which each screen in it is found.
      const wanted = chunks.filter(({ name, facadeModuleId }) => name === "log" || isOfLog(facadeModuleId));
      if (path !== "/index.html") return [];
      const scripts = wanted.map(({ fileName, name }) => ({
        rel: "modulepreload",
        href: `/${fileName}`,
        ...(name === "log" && { fetchpriority: "low" }),
      }));
      const styles = wanted.flatMap((file) => [...(file.viteMetadata?.importedCss ?? [])]);
      const links = [
        ...scripts,
        ...[...new Set(styles)].map((css) => ({ rel: "stylesheet", media: "print", href: `/${css}` })),
      ];
      return links.map((attrs) => ({
        tag: "link",
        attrs: { crossorigin: true, ...attrs },
        injectTo: "body" as const,
      }));
    },
  },
};

/** The words of the first screen by language, and the file that the others come in: the server draws with them. */
const firstScreen: Plugin = {
  name: "first-screen",
  generateBundle(_, bundle) {
    const languages = Object.keys(WORDS).map((language) => {
      const words = Object.fromEntries(FIRST_WORDS.map((key) => [key, WORDS[language]![key]]));
      const file = Object.values(bundle).find(
        (one) => one.type === "chunk" && one.facadeModuleId?.endsWith(`/src/texts/${language}.json`),
      );
      return [language, { words, ...(language !== "en" && file && { script: `/${file.fileName}` }) }];
    });
    const source = JSON.stringify(Object.fromEntries(languages));
    this.emitFile({ type: "asset", fileName: ".vite/first-screen.json", source });
  },
};

const offline = VitePWA({
  strategies: "injectManifest",
  srcDir: "src",
  filename: "sw.ts",
  injectRegister: false,
  includeManifestIcons: false,
  manifest: {
    id: "/",
    name: "Handhold",
    short_name: "Handhold",
    description: "Your daily log, and the people who read it.",
    lang: "en",
    dir: "ltr",
    categories: ["health", "medical"],
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#f4f0ef",
    theme_color: "#f4f0ef",
    icons: [
      { src: "/assets/icon-1-192.png", sizes: "192x192", type: "image/png" },
      { src: "/assets/icon-1-512.png", sizes: "512x512", type: "image/png" },
      {
        src: "/assets/icon-1-maskable-512.png",
        sizes: "512x512",
        type: "image/png",
        purpose: "maskable",
      },
    ],
    shortcuts: [
      {
        name: "Log today",
        url: "/#/log",
        icons: [{ src: "/assets/shortcut-log-1-192.png", sizes: "192x192", type: "image/png" }],
      },
      {
        name: "Call my team",
        url: "/#/call",
        icons: [{ src: "/assets/shortcut-call-1-192.png", sizes: "192x192", type: "image/png" }],
      },
    ],
  },
  injectManifest: {
    globPatterns: ["index.html", "assets/**/*.{js,css,woff2}"],
    manifestTransforms: [
      (entries) => {
        const ours = filesOfThePatientPage();
        return { manifest: entries.filter((entry) => ours.has(entry.url)), warnings: [] };
      },
    ],
  },
});

// The server compares Origin with Host against forged requests, so the Host of the page is kept.
const sameHost = { target: process.env.HANDHOLD_BACKEND ?? "http://127.0.0.1:8000", changeOrigin: false };

/**
 * Each page is a build of its own, so that neither carries what only the other needs: `vite build` makes the patient's
 * and empties dist/ first, `vite build --mode clinic` adds the nurse's.
 */
const PATIENT = {
  plugins: [svelte(), inGoodTime, firstScreen, offline],
  build: {
    manifest: true,
    rolldownOptions: {
      input: { patient: "index.html" },
      output: { codeSplitting: { groups: FILES } },
    },
  },
};
const CLINIC = {
  plugins: [svelte()],
  build: {
    manifest: ".vite/clinic.json",
    emptyOutDir: false,
    copyPublicDir: false,
    rolldownOptions: { input: { clinic: "clinic.html" } },
  },
};

/** A screen that comes later asks for its styles beside its script; the scripts it shares with Today are here. */
const resolveDependencies = (
  _: string,
  files: string[],
  { hostType }: { hostType: "html" | "js" },
): string[] => (hostType === "html" ? files : files.filter((file) => file.endsWith(".css")));

export default defineConfig(({ mode }) => {
  const page = mode === "clinic" ? CLINIC : PATIENT;
  return {
    plugins: page.plugins,
    build: {
      target: "es2022",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false, resolveDependencies },
      ...page.build,
    },
    server: { proxy: { "/api": sameHost, "/_allauth": sameHost } },
    resolve: process.env.VITEST ? { conditions: ["browser"] } : {},
    test: {
      include: ["src/**/*.test.ts"],
      environment: "happy-dom",
      setupFiles: ["src/lib/words.setup.ts"],
      restoreMocks: true,
    },
  };
});
