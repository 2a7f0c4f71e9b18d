import { existsSync, readFileSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { VitePWA } from "vite-plugin-pwa";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { begunAfterPaint } from "./scripts/begin";
import { FILES, FILES_OF_DESK, isOfLog } from "./scripts/chunks";
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
  "today.date_and_day",
  "follow_up.title",
  "follow_up.title_plain",
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

/** The page asks for its scripts once it is painted, in the order of need, and for the log's file by itself. */
const inGoodTime: Plugin = {
  name: "in-good-time",
  transformIndexHtml: {
    order: "post",
    handler: (html, { path, bundle }) => {
      if (path !== "/index.html" || !bundle) return html;
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const wanted = chunks.filter(({ name, facadeModuleId }) => name === "log" || isOfLog(facadeModuleId));
      const styles = wanted.flatMap((file) => [...(file.viteMetadata?.importedCss ?? [])]);
      return begunAfterPaint(
        html,
        wanted.map(({ fileName }) => fileName),
        [...new Set(styles)],
      );
    },
  },
};

/** How this language writes "Thursday, May 14": the names of days from Sunday on, of months, and their order. */
function longDays(language: string): { weekdays: string[]; months: string[]; pattern: string } {
  const form = new Intl.DateTimeFormat(language, {
    weekday: "long",
    month: "long",
    day: "numeric",
    timeZone: "UTC",
  });
  const part = (at: Date, name: string): string =>
    form.formatToParts(at).find(({ type }) => type === name)!.value;
  const sunday = (days: number): Date => new Date(Date.UTC(2026, 1, 1 + days));
  const first = (month: number): Date => new Date(Date.UTC(2026, month, 1));
  return {
    weekdays: Array.from({ length: 7 }, (_, days) => part(sunday(days), "weekday")),
    months: Array.from({ length: 12 }, (_, month) => part(first(month), "month")),
    pattern: form
      .formatToParts(first(0))
      .map(({ type, value }) => (type === "literal" ? value : `{${type}}`))
      .join(""),
  };
}

/** The words of the first screen by language, and the files that come with it: the server draws with them. */
const firstScreen: Plugin = {
  name: "first-screen",
  generateBundle(_, bundle) {
    const scriptOf = (source: string): string | undefined => {
      const found = Object.values(bundle).find(
        (file) => file.type === "chunk" && file.facadeModuleId?.endsWith(source),
      );
      return found && `/${found.fileName}`;
    };
    const languages = Object.keys(WORDS).map((language) => {
      const words = Object.fromEntries(FIRST_WORDS.map((key) => [key, WORDS[language]![key]]));
      const script = language === "en" ? undefined : scriptOf(`/src/texts/${language}.json`);
      return [language, { words, script, days: longDays(language) }];
    });
    const source = JSON.stringify({
      languages: Object.fromEntries(languages),
      follow_up: scriptOf("/advice/FollowUp.svelte"),
    });
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
    rolldownOptions: {
      input: { clinic: "clinic.html" },
      output: { codeSplitting: { groups: FILES_OF_DESK } },
    },
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
      // Smaller by 2 % than the build's own: on a slow line each kB is 20 ms.
      minify: "terser",
      terserOptions: { compress: { passes: 3, ecma: 2020 } },
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
