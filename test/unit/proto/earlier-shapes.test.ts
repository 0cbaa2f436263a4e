import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { desiredState } from '../../../proto/command.js';
import { auditLine } from '../../../proto/schemas/audit.js';
import { EVENT_DATA } from '../../../proto/schemas/event.js';
import { jobSpec } from '../../../proto/schemas/job.js';
import { nodeReport } from '../../../proto/schemas/report.js';
import { requestSchemas, responseSchemas } from '../../../proto/schemas/service.js';
import { minuteRecord, nodeViewChange } from '../../../proto/schemas/view.js';
import { wireFixtures } from '../../lib/fixtures.js';
import { MAY_BE_ABSENT, placeAround, wireShapes } from '../../lib/wire-shape.js';

const earlier: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('0.1.0/shapes.json', wireFixtures), 'utf8'),
);
const now = wireShapes({
  ...{ requestSchemas, responseSchemas, EVENT_DATA, nodeReport, minuteRecord, nodeViewChange },
  ...{ desiredState, jobSpec, auditLine },
});

describe('what messages may hold', () => {
  it('is in every field of 0.1.0 what it was there: both read what the other writes', () => {
    const differ = Object.entries(earlier).flatMap(([path, shape]) =>
      now.get(path) === shape ? [] : [`${path}: ${shape} in 0.1.0, ${now.get(path)} now`],
    );
    assert.deepEqual(differ, []);
  });

  it('came later only in fields that may be absent: 0.1.0 does not send them', () => {
    const isNew = (path: string): boolean =>
      !Object.hasOwn(earlier, path) && Object.hasOwn(earlier, placeAround(path));
    const needed = [...now].filter(
      ([path, shape]) => isNew(path) && !shape.startsWith(MAY_BE_ABSENT),
    );
    assert.deepEqual(needed, []);
  });

  it('is described to the last word', () => {
    assert.equal(now.get('response node-list/nodes/[]/liveness'), 'down | ready | suspect');
    assert.equal(now.get('minuteRecord/prices'), `${MAY_BE_ABSENT}object`);
    assert.equal(placeAround('response node-list/nodes/[]'), 'response node-list/nodes');
    assert.equal(placeAround('minuteRecord'), '');
  });
});
