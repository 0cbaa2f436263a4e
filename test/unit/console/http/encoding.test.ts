import assert from 'node:assert/strict';
import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { after, before, describe, it } from 'mocha';
import { chosenEncoding, ENCODINGS, MIN_ENCODED_BYTES } from '../../../../console/http/encoding.js';
import { type FakeConsole, startFakeConsole } from '../../../lib/page/fake-console.js';
import { manyScene } from '../../../lib/page/scenes.js';
import { until } from '../../../lib/until.js';

describe('the coding of an answer', () => {
  for (const [accepted, chosen] of [
    [undefined, undefined],
    ['', undefined],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['br; q=0.5 , gzip ;q=0.5', 'br'],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
    ['*;q=0', undefined],
    ['gzip;q=0', undefined],
    ['gzip;q=0.000', undefined],
    ['identity', undefined],
    ['identity;q=0', undefined],
    ['identity, gzip;q=0.5', undefined],
    ['identity;q=0.5, gzip', 'gzip'],
    ['identity, gzip', 'gzip'],
    ['deflate, zstd, compress', undefined],
    ['gzip;q=2', undefined],
    ['gzip;q=-1', undefined],
    ['gzip;q=x, br', 'br'],
    [';q=1,,,gzip', 'gzip'],
    [`${'a,'.repeat(8000)}gzip`, 'gzip'],
  ] as const)
    it(`for Accept-Encoding: ${accepted?.slice(0, 40) ?? 'nothing'} is ${chosen ?? 'none'}`, () => {
      assert.equal(chosenEncoding(accepted, ENCODINGS), chosen);
    });

  it('is one of those that there are', () => {
    assert.equal(chosenEncoding('br, gzip;q=0.1', ['gzip']), 'gzip');
    assert.equal(chosenEncoding('br, gzip', []), undefined);
  });
});

interface Answered {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const UNPACK = { br: brotliDecompressSync, gzip: gunzipSync } as const;
const JOBS = '/api/v1/jobs?limit=1000';

describe('answers over HTTP', () => {
  let fake: FakeConsole;
  before(async () => {
    fake = await startFakeConsole(manyScene(200));
  });
  after(() => fake?.stop());

  /** The bytes as they come, unlike those of `fetch`. */
  function ask(
    path: string,
    headers: Readonly<Record<string, string>> = {},
    method = 'GET',
  ): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const sent = request(`${fake.url}${path}`, { method, headers, agent: false }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({
            ...{ status: answer.statusCode, headers: answer.headers },
            body: Buffer.concat(chunks),
          }),
        );
      });
      sent.on('error', reject);
      sent.end();
    });
  }

  for (const path of [JOBS, '/openapi.json', '/status', '/api/v1/nodes'])
    for (const coding of ENCODINGS)
      it(`${path} is smaller as ${coding}, and the same`, async () => {
        const plain = await ask(path);
        const packed = await ask(path, { 'accept-encoding': coding });
        assert.equal(plain.headers['content-encoding'], undefined);
        assert.equal(packed.headers['content-encoding'], coding);
        assert.equal(packed.headers['content-length'], String(packed.body.length));
        assert.ok(packed.body.length < plain.body.length / 2, `${packed.body.length}`);
        assert.ok(UNPACK[coding](packed.body).equals(plain.body));
        for (const { status, headers } of [plain, packed]) {
          assert.equal(status, 200);
          assert.equal(headers.vary, 'accept-encoding');
          assert.equal(headers['content-type'], plain.headers['content-type']);
          assert.equal(headers.etag, plain.headers.etag);
        }
      });

  it('are sent as they are to a client that knows no coding of ours', async () => {
    const plain = await ask(JOBS);
    for (const accepted of ['identity', 'identity, gzip;q=0.1', 'zstd', 'gzip;q=0', 'nonsense;;'])
      assert.ok((await ask(JOBS, { 'accept-encoding': accepted })).body.equals(plain.body));
  });

  it('are sent as they are where they are short', async () => {
    const { headers, body } = await ask('/api/v1/whoami', { 'accept-encoding': 'gzip, br' });
    assert.ok(body.length < MIN_ENCODED_BYTES);
    assert.equal(headers['content-encoding'], undefined);
    assert.equal(headers.vary, 'accept-encoding');
  });

  it('have one weak tag, whatever their coding, and are not sent again', async () => {
    const { headers } = await ask(JOBS, { 'accept-encoding': 'gzip' });
    const tag = headers.etag ?? '';
    assert.match(tag, /^W\/"[^"]+"$/);
    for (const accepted of ['', 'gzip', 'br'])
      for (const known of [tag, tag.replace('W/', ''), `"x", ${tag}`, '*']) {
        const again = await ask(JOBS, { 'accept-encoding': accepted, 'if-none-match': known });
        assert.deepEqual([again.status, again.body.length], [304, 0]);
        assert.equal(again.headers.etag, tag);
        assert.equal(again.headers.vary, 'accept-encoding');
        assert.equal(again.headers['content-encoding'], undefined);
      }
    assert.equal((await ask(JOBS, { 'if-none-match': '"x"' })).status, 200);
  });

  it('to HEAD are the headers alone', async () => {
    for (const accepted of ['', 'gzip']) {
      const got = await ask(JOBS, { 'accept-encoding': accepted });
      const { status, headers, body } = await ask(JOBS, { 'accept-encoding': accepted }, 'HEAD');
      assert.deepEqual([status, body.length], [200, 0]);
      for (const name of ['content-encoding', 'content-length', 'etag', 'vary', 'content-type'])
        assert.equal(headers[name], got.headers[name], name);
    }
    assert.equal((await ask('/api/v1/none', {}, 'HEAD')).status, 404);
    assert.equal((await ask('/api/v1/plan', {}, 'HEAD')).status, 404);
  });

  it('as CSV vary by what is accepted too', async () => {
    const headers = { accept: 'text/csv' };
    const plain = await ask('/api/v1/report', headers);
    const packed = await ask('/api/v1/report', { ...headers, 'accept-encoding': 'gzip' });
    assert.match(plain.headers['content-type'] ?? '', /^text\/csv/);
    assert.equal(packed.headers.vary, 'accept, accept-encoding');
    const coding = packed.headers['content-encoding'];
    const body = coding === 'gzip' ? gunzipSync(packed.body) : packed.body;
    assert.ok(body.equals(plain.body));
  });

  it('of the page are those that were compressed when it was built', async () => {
    const text = (await ask('/')).body.toString();
    const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(text) ?? [];
    const plain = await ask(script);
    for (const coding of ENCODINGS) {
      const packed = await ask(script, { 'accept-encoding': coding });
      assert.equal(packed.headers['content-encoding'], coding);
      assert.ok(UNPACK[coding](packed.body).equals(plain.body));
      const known = { 'accept-encoding': coding, 'if-none-match': packed.headers.etag ?? '' };
      assert.equal((await ask(script, known)).status, 304);
    }
  });

  it('that are a stream come as they are, at once', async () => {
    let headers: IncomingHttpHeaders = {};
    let heard = '';
    const sent = request(`${fake.url}/api/v1/stream`, { headers: { 'accept-encoding': 'gzip' } });
    sent.on('response', (answer) => {
      headers = answer.headers;
      answer.on('data', (chunk: Buffer) => {
        heard += chunk.toString();
      });
    });
    sent.on('error', () => {});
    sent.end();
    try {
      await until(() => heard.includes('retry:'), 'the stream');
      fake.say('dqoes.job.stopped', { job: 'a', reason: 'asked for' });
      await until(() => heard.includes('dqoes.job.stopped'), 'the event');
      assert.equal(headers['content-encoding'], undefined);
    } finally {
      sent.destroy();
    }
  });
});
