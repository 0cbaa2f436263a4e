import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { ROOT } from '../../../tools/planted-tree.js';

const text = readFileSync(join(ROOT, 'console/page/style/tokens.css'), 'utf8');
const [day = '', night = ''] = text.split('@media (prefers-color-scheme: dark)');

const coloursIn = (part: string): ReadonlyMap<string, string> =>
  new Map(
    [...part.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name = '', hex = '']) => [name, hex]),
  );

/** Relative luminance of WCAG 2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** What is written on what. */
const TEXTS = ['text', 'text-quiet', 'link', 'good', 'bad', 'warn', 'fast'].flatMap((name) => [
  [name, 'page'],
  [name, 'card'],
]);
const PAIRS = [...TEXTS, ['text', 'track'], ['on-main', 'main'], ['on-banner', 'banner']];
/** Signs that are no text: 3 is enough, and each has a shape or a word beside it. */
const SIGNS = ['good-fill', 'bad-fill', 'fast-fill'];

describe('the colours of the page', () => {
  for (const [name, part] of [
    ['by day', day],
    ['by night', night],
  ] as const) {
    const colours = coloursIn(part);
    it(`${name}: every text can be read`, () => {
      for (const [front = '', back = ''] of PAIRS) {
        const found = contrast(colours.get(front) ?? '', colours.get(back) ?? '');
        assert.ok(found >= 4.5, `${front} on ${back}: ${found.toFixed(2)}`);
      }
      for (const sign of SIGNS) {
        const found = contrast(colours.get(sign) ?? '', colours.get('card') ?? '');
        assert.ok(found >= 3, `${sign}: ${found.toFixed(2)}`);
      }
    });
  }

  it('are the same by night and by day, in other shades', () => {
    assert.deepEqual([...coloursIn(night).keys()], [...coloursIn(day).keys()]);
  });

  it('nothing of the style comes from elsewhere', () => {
    for (const file of readdirSync(join(ROOT, 'console/page/style'))) {
      const style = readFileSync(join(ROOT, 'console/page/style', file), 'utf8');
      assert.doesNotMatch(style, /url\(|https?:/, file);
    }
  });
});
