import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readerOf } from '../../proto/codec/check.js';
import { decodeJson } from '../../proto/codec/json.js';
import { anything } from '../../proto/codec/words.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { notUtf8, utf8Text } from '../../shared/utf8.js';
import { faultsOf } from './faults-of.js';
import { BODY_BYTES } from './parts.js';
import type { Route, Sources } from './route.js';

/** Has bodies read as bytes; other kinds than these are refused. */
export function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  // Read as bytes: depth and the names of keys are looked at before anything is made of them.
  for (const type of ['application/json', 'application/yaml'])
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
}

/** The checked body of a request; all that is wrong with it. */
export function bodyOf(
  route: Route,
  request: FastifyRequest,
  { readJobs }: Sources,
): Result<unknown> {
  const { body } = request;
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (route.body === undefined) return bytes.length === 0 ? ok(undefined) : err([NO_BODY]);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/yaml')) {
    if (route.takesJobFile !== true) return err([NO_YAML]);
    const text = utf8Text(bytes);
    if (!text.ok) return err([{ ...NOT_UTF8, line: text.error, column: 1 }]);
    const jobs = readJobs(text.value);
    return jobs.ok ? ok({ jobs: jobs.value }) : err(jobs.error.map(named));
  }
  const read = decodeJson({ reader: ANY, maxBytes: BODY_BYTES }, bytes);
  if (!read.ok) return err([{ ...read.error, code: 'http.bad-request', field: 'body' }]);
  const faults = faultsOf(route.body, read.value);
  return faults.length === 0 ? read : err(faults.map(named));
}

const ANY = readerOf(anything('JSON'));

const NO_BODY: Fault = {
  code: 'http.bad-request',
  field: 'body',
  message: 'this takes no body: leave it out',
};
const NOT_UTF8: Fault = {
  code: 'http.bad-request',
  field: 'body',
  message: `the job file ${notUtf8()}`,
};
const NO_YAML: Fault = {
  code: 'http.bad-request',
  field: 'content-type',
  message: 'a job file is taken by POST /jobs, /plan and /quote: send application/json here',
};

/** What is wrong with the whole is wrong with the body. */
const named = (fault: Fault): Fault => (fault.field === '' ? { ...fault, field: 'body' } : fault);
