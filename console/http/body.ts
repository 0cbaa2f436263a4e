import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readerOf } from '../../proto/codec/check.js';
import { decodeJson } from '../../proto/codec/json.js';
import { anything } from '../../proto/codec/words.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
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
    const text = textOf(bytes);
    if (text === undefined) return err([NOT_UTF8]);
    const jobs = readJobs(text);
    return jobs.ok ? ok({ jobs: jobs.value }) : err(jobs.error.map(named));
  }
  const read = decodeJson({ reader: ANY, maxBytes: BODY_BYTES }, bytes);
  if (!read.ok) return err([{ ...read.error, code: 'http.bad-request', field: 'body' }]);
  const faults = faultsOf(route.body, read.value);
  return faults.length === 0 ? read : err(faults.map(named));
}

/** undefined = it is not UTF-8: its values would be others than those that were written. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
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
  message: 'the job file is not UTF-8: save it as that, as with iconv -f ISO-8859-1 -t UTF-8',
};
const NO_YAML: Fault = {
  code: 'http.bad-request',
  field: 'content-type',
  message: 'a job file is taken by POST /jobs, /plan and /quote: send application/json here',
};

/** What is wrong with the whole is wrong with the body. */
const named = (fault: Fault): Fault => (fault.field === '' ? { ...fault, field: 'body' } : fault);
