import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readInspect } from '../../../../agent/drivers/docker-inspect.js';

const inspected = (State: object, RestartCount = 0) => {
  const info = { Id: 'a'.repeat(64), State, RestartCount, Config: {}, HostConfig: {} };
  const { running, exitCode, restartCount, isRestarting } = readInspect(info as never).container;
  return { running, exitCode, restartCount, isRestarting };
};

describe('what the engine says of a container', () => {
  it('does not call one running that ended and is about to be started again', () => {
    assert.deepEqual(inspected({ Running: true, Restarting: true, ExitCode: 3 }, 2), {
      running: false,
      exitCode: 3,
      restartCount: 2,
      isRestarting: true,
    });
    assert.deepEqual(inspected({ Running: true, ExitCode: 0 }), {
      running: true,
      exitCode: null,
      restartCount: undefined,
      isRestarting: undefined,
    });
  });
});
