import { ROUTES } from '../../console/http/app.js';
import { STREAM } from '../../console/http/event-route.js';
import { BASE } from '../../console/http/parts.js';

/** Where a console is, and what there is to ask about. */
export interface AskedConsole {
  readonly url: string;
  readonly job: string;
  readonly node: string;
  readonly allocation: string;
  /** A job file with one job, and the token by which it is planned and quoted. */
  readonly file: string;
  readonly token: string;
}
/** What one address answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

const LISTENS_MS = 2000;

/**
 * Every answer of a console to who reads, by address: all of the API, the events so far as a
 * stream, a plan and a quote of the job, the pages and what they load.
 */
export async function everyAnswer(asked: AskedConsole): Promise<ReadonlyMap<string, HttpAnswer>> {
  const { url, job } = asked;
  const answers = new Map<string, HttpAnswer>();
  const ask = async (address: string, init: RequestInit = {}): Promise<string> => {
    const response = await fetch(`${url}${address}`, init);
    const headers = JSON.stringify([...response.headers]);
    const text = `${headers}\n${await response.text()}`;
    answers.set(`${init.method ?? 'GET'} ${address}`, { status: response.status, text });
    return text;
  };
  for (const address of readingAddresses(asked)) await ask(address);
  const headers = {
    'content-type': 'application/yaml',
    authorization: `Bearer ${asked.token}`,
  };
  for (const path of ['/plan', '/quote'])
    await ask(`${BASE}${path}`, { method: 'POST', headers, body: asked.file });
  answers.set(`GET ${STREAM}`, { status: 200, text: await eventsOf(url) });
  const page = await ask('/');
  await ask('/status');
  const loaded = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, address = '']) => address);
  // Without the page there is only one view.
  const views = page.includes('<script') ? [`/jobs/${job}`] : [];
  for (const address of [...loaded, ...views]) await ask(address);
  return answers;
}

/** Each address of the API that reads, with what it needs to be asked. */
function readingAddresses({ job, node, allocation }: AskedConsole): readonly string[] {
  const needed: Readonly<Record<string, string>> = { allocation, allocations: allocation, node };
  const addresses = ROUTES.filter(({ method }) => method === 'GET').map((route) => {
    const path = route.path.replace(':name', job).replace(':id', node);
    const query = (route.parameters ?? [])
      .filter((one) => one.in === 'query' && one.required === true)
      .map(({ name }) => {
        const value = needed[name];
        if (value === undefined) throw new Error(`${route.path} needs ${name}: say here which`);
        return `${name}=${value}`;
      });
    return `${BASE}${path}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  });
  const others = [`history?allocation=${allocation}&step=10s`, 'report?format=csv', 'jobs/none'];
  return [...addresses, ...others.map((each) => `${BASE}/${each}`)];
}

/** The stored events and those that come within two seconds, as a browser is sent them. */
async function eventsOf(url: string): Promise<string> {
  const signal = AbortSignal.timeout(LISTENS_MS);
  let text = '';
  try {
    const response = await fetch(`${url}${STREAM}`, { signal, headers: { 'last-event-id': '1' } });
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString('utf8');
  } catch (cause) {
    if (!signal.aborted) throw cause;
  }
  return text;
}
