import assert from 'node:assert/strict';
import type { FastifyRequest } from 'fastify';
import { describe, it } from 'mocha';
import { parseJobFile } from '../../../../cli/job-file/parse.js';
import { bodyOf } from '../../../../console/http/body.js';
import type { Route, Sources } from '../../../../console/http/route.js';
import type { JobSpec } from '../../../../shared/job.js';

describe('a job file as the body of a request', () => {
  const route = { body: {}, takesJobFile: true } as Route;
  const sources = { readJobs: parseJobFile } as Sources;
  const read = (body: Buffer) => {
    const headers = { 'content-type': 'application/yaml; charset=utf-8' };
    return bodyOf(route, { body, headers } as FastifyRequest, sources);
  };
  const file = 'name: a\nimage: b\ntarget: { latency: 800ms }\nenv: { PRICE: £5 }\n';

  it('is read as UTF-8, with a BOM too', () => {
    for (const text of [file, `\ufeff${file}`]) {
      const body = read(Buffer.from(text));
      const { jobs } = (body.ok ? body.value : {}) as { readonly jobs?: readonly JobSpec[] };
      assert.deepEqual(jobs?.[0]?.env, { PRICE: '£5' });
    }
  });

  it('is refused in another encoding, in which a value would be another one', () => {
    const body = read(Buffer.from(file, 'latin1'));
    assert.ok(!body.ok);
    const [fault, ...others] = body.error;
    assert.deepEqual([fault?.code, fault?.field, others], ['http.bad-request', 'body', []]);
    assert.equal(fault?.line, 4);
    assert.match(fault?.message ?? '', /^the job file is not UTF-8: save it as that/);
  });
});
