import type { CDPSession, Page } from 'playwright-core';
import { until } from '../../lib/until.js';

/** What one opening of the page took. */
export interface Opening {
  /** What came over the network until it could be used, as it was sent. */
  readonly scriptBytes: number;
  readonly apiBytes: number;
  readonly otherBytes: number;
  /** From the beginning of the navigation, ms. */
  readonly firstPaintMs: number;
  /** Until the table of jobs is there and has been drawn, ms. */
  readonly interactiveMs: number;
}

/** What the page noted of itself: times from the beginning of the navigation, ms. */
interface Noted {
  readonly firstPaintMs: number | null;
  readonly interactiveMs: number | null;
}

/** Runs in the page before its script: it waits for rows, and two drawings after them. */
export const NOTE_INTERACTIVE = `
  window.__noted = { firstPaintMs: null, interactiveMs: null };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.name === 'first-contentful-paint') window.__noted.firstPaintMs = entry.startTime;
  }).observe({ type: 'paint', buffered: true });
  const waitForRows = () => {
    if (document.querySelectorAll('tbody tr').length > 5)
      requestAnimationFrame(() => requestAnimationFrame(() => {
        window.__noted.interactiveMs = performance.now();
      }));
    else requestAnimationFrame(waitForRows);
  };
  requestAnimationFrame(waitForRows);
`;

/** Opens the overview and measures until it can be used. */
export async function openMeasured(page: Page, cdp: CDPSession, url: string): Promise<Opening> {
  const bytes = { script: 0, api: 0, other: 0 };
  const urls = new Map<string, string>();
  cdp.on('Network.responseReceived', ({ requestId, response }) => {
    urls.set(requestId, response.url);
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = new URL(urls.get(requestId) ?? 'http://none/').pathname;
    const kind = path.endsWith('.js') ? 'script' : path.startsWith('/api/') ? 'api' : 'other';
    bytes[kind] += encodedDataLength;
  });
  await page.addInitScript(NOTE_INTERACTIVE);
  await page.goto(url);
  // By the debugger's protocol: the policy of the page lets no waiting text be evaluated in it.
  await until(
    async () => (await page.evaluate('window.__noted.interactiveMs')) !== null,
    'the table of jobs',
    60_000,
  );
  const noted = (await page.evaluate('window.__noted')) as Noted;
  return {
    scriptBytes: bytes.script,
    apiBytes: bytes.api,
    otherBytes: bytes.other,
    firstPaintMs: noted.firstPaintMs ?? Number.NaN,
    interactiveMs: noted.interactiveMs ?? Number.NaN,
  };
}

/** Memory of a page after what is garbage was taken away. */
export interface PageMemory {
  readonly heapBytes: number;
  readonly domNodes: number;
  readonly listeners: number;
}

/** Reads it. */
export async function memoryOf(cdp: CDPSession): Promise<PageMemory> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find((each) => each.name === name)?.value ?? 0;
  return {
    heapBytes: of('JSHeapUsedSize'),
    domNodes: of('Nodes'),
    listeners: of('JSEventListeners'),
  };
}

/** Frames while the table was scrolled from its top to its end. */
export interface Scrolling {
  readonly frames: number;
  /** Frames of 60 a second that were not drawn. */
  readonly dropped: number;
  readonly longestMs: number;
}

/** Scrolls the long table by a part each frame for some seconds. */
export async function scroll(page: Page, seconds: number): Promise<Scrolling> {
  const gaps = (await page.evaluate(`new Promise((resolve) => {
    const box = document.querySelector('.table-long');
    const gaps = [];
    const endMs = performance.now() + ${seconds * 1000};
    let before = performance.now();
    let direction = 1;
    const step = (now) => {
      gaps.push(now - before);
      before = now;
      if (box.scrollTop + box.clientHeight >= box.scrollHeight - 1) direction = -1;
      else if (box.scrollTop <= 0) direction = 1;
      box.scrollTop += direction * 220;
      if (performance.now() < endMs) requestAnimationFrame(step);
      else resolve(gaps.slice(1));
    };
    requestAnimationFrame(step);
  })`)) as readonly number[];
  const frameMs = 1000 / 60;
  return {
    frames: gaps.length,
    dropped: gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / frameMs) - 1), 0),
    longestMs: gaps.reduce((most, gap) => Math.max(most, gap), 0),
  };
}
