// The settings of the documentation site. Its pages are written by tools/site.mjs.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { slugOf } from '../../tools/links/markdown.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const baseAt = process.argv.indexOf('--base');
const base = baseAt < 0 ? '/' : process.argv[baseAt + 1];

export default defineConfig({
  srcDir: '.cache/pages',
  cacheDir: '.cache/vite',
  outDir: '../dist/site',
  base,
  lang: 'en-GB',
  title: 'dqoes',
  description: 'Holds every inference container at the response time its client asked for.',
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}icon.svg` }]],
  // The index of the search is the largest chunk: it is loaded when somebody searches.
  vite: { build: { chunkSizeWarningLimit: 3000 } },
  markdown: {
    // Links are those of the repository, so anchors are, too.
    anchor: { slugify: slugOf },
    headers: { slugify: slugOf },
    // `{…}` after a heading or a paragraph is text.
    attrs: { disable: true },
    theme: { light: 'github-light', dark: 'github-dark' },
    config: (md) => {
      // What stands in code is no template, in a line as in a block.
      const render = md.renderer.rules.code_inline;
      md.renderer.rules.code_inline = (tokens, index, ...rest) => {
        tokens[index].attrSet('v-pre', '');
        return render(tokens, index, ...rest);
      };
    },
  },
  themeConfig: {
    notFound: {
      title: 'No such page',
      quote: 'The search (Ctrl-K) finds what moved.',
      linkText: 'To the start',
    },
    logo: '/icon.svg',
    nav: [
      { text: 'Tutorial', link: '/tutorial' },
      { text: 'Concepts', link: '/concepts' },
      { text: 'Operating', link: '/operating' },
      { text: 'Command line', link: '/cli' },
      { text: 'Decisions', link: '/decisions/' },
      { text: 'Changes', link: '/project/changelog' },
    ],
    sidebar: JSON.parse(readFileSync(at('../.cache/sidebar.json'), 'utf8')),
    outline: [2, 3],
    search: { provider: 'local' },
    footer: { message: 'Apache-2.0' },
  },
});
