import { existsSync, readFileSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { VitePWA } from "vite-plugin-pwa";
import type { Plugin, Rolldown } from "vite";
import { defineConfig } from "vitest/config";
import { FILES } from "./scripts/chunks";

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

/**
 * Two files the page would ask for later: the tiny one that asks the server early, before the page's own; and what the
 * log is made of, after all else, so that a slow line is never idle.
 */
const inGoodTime: Plugin = {
  name: "in-good-time",
  transformIndexHtml: {
    order: "post",
    handler: (_, { path, bundle }) => {
      const find = (holds: (file: Rolldown.OutputChunk) => boolean): string =>
        Object.values(bundle ?? {}).find((file) => file.type === "chunk" && holds(file))?.fileName ?? "";
      const early = find((file) => file.moduleIds.some((id) => id.endsWith("/patient/early.ts")));
      const later = ["log", "judge"].map((name) => find((file) => file.name === name));
      if (path !== "/index.html" || !early || !later.every(Boolean)) return [];
      const script = { type: "module", async: true, crossorigin: true, src: `/${early}` };
      const links = later.map((file) => ({
        tag: "link",
        attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}`, fetchpriority: "low" },
        injectTo: "body" as const,
      }));
      return [{ tag: "script", attrs: script, injectTo: "head-prepend" }, ...links];
    },
  },
};

// The server compares Origin with Host against forged requests, so the Host of the page is kept.
const sameHost = { target: process.env.HANDHOLD_BACKEND ?? "http://127.0.0.1:8000", changeOrigin: false };

export default defineConfig({
  plugins: [
    svelte(),
    inGoodTime,
    VitePWA({
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
    }),
  ],
  build: {
    target: "es2022",
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { early: "src/patient/early.ts", patient: "index.html", clinic: "clinic.html" },
      output: { codeSplitting: { groups: FILES } },
    },
  },
  server: { proxy: { "/api": sameHost, "/_allauth": sameHost } },
  resolve: process.env.VITEST ? { conditions: ["browser"] } : {},
  test: {
    include: ["src/**/*.test.ts"],
    environment: "happy-dom",
    setupFiles: ["src/lib/words.setup.ts"],
    restoreMocks: true,
  },
});
