import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readStory, storyTexts } from '../../../../cli/explain/read-story.js';
import { presentLines } from '../../../../cli/explain/story.js';
import type { Session } from '../../../../cli/shell/session.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import type { JobName } from '../../../../shared/ids.js';
import { err, ok } from '../../../../shared/result.js';
import { allocationStatus, containerReport } from '../builders.js';

// cspell:ignore fcae

const ADOPTED = 'adopted under its name by their labels, and not counted here: face on h2';
const unreachable = { targetMs: 50, reachableMs: 120, neededCores: 1.4, reason: 'why' };

describe('job explain: a job that is not there', () => {
  it('may be one that is there', async () => {
    const none = { Status: '404' };
    const session = {
      cluster: 'main',
      subjects: subjectsOf('main'),
      bus: { request: async () => ok({ headers: none, data: new Uint8Array() }) },
      call: async (verb: string) =>
        verb === 'allocation-list'
          ? ok({ allocations: [allocationStatus({ job: 'face' as JobName })] })
          : err([{ code: 'service.not-found', field: 'name', message: 'there is no job fcae' }]),
    } as unknown as Session;
    const story = await readStory(session, { name: 'fcae', fromMs: 0 });
    assert.match(
      story.ok ? '' : (story.error[0]?.message ?? ''),
      /no job fcae \(did you mean face\?\) and no decision about one: list the jobs with/,
    );
  });
});

describe('job explain: what a host still has of a job that was stopped', () => {
  it('is said as what it is, and not by its limit', () => {
    const reason = 'stopping: h1 is silent, and removes it once it is back';
    const now = [allocationStatus({ isStopping: true, reason })];
    const texts = storyTexts({ entries: [], complete: true, now, reasons: [] }, 0);
    assert.deepEqual(texts, [`a-0 on h1: ${reason}`]);
  });
});

describe('job explain: what is said of the whole job', () => {
  const saidOf = (reasons: readonly string[], change: object = {}): readonly string[] => {
    const now = [allocationStatus(change)];
    const texts = storyTexts({ entries: [], complete: true, now, reasons }, 0);
    return texts.slice(now.flatMap(presentLines).length);
  };

  it('stands below its containers, as the adopted ones under its name', () => {
    assert.deepEqual(saidOf([ADOPTED]), [ADOPTED]);
    assert.deepEqual(saidOf(['a-0: runs on as it was: no image']), [
      'a-0: runs on as it was: no image',
    ]);
  });

  it('is why no response time is known of one that runs', () => {
    const probed = 'the probe failed: no answer in time';
    const container = containerReport({ reason: probed });
    assert.deepEqual(saidOf([`a-0: ${probed}`], { container }), [`a-0: ${probed}`]);
  });

  it('is not what is said of one of its containers already', () => {
    const far = 'a-0: the target 50ms cannot be met on h1: why';
    assert.deepEqual(saidOf([far, ADOPTED], { unreachable }), [ADOPTED]);
    const ended = containerReport({ state: 'failed', reason: 'exit code 1' });
    assert.deepEqual(saidOf(['a-0: exit code 1'], { container: ended }), []);
  });
});
