import assert from 'node:assert/strict';
import type { ContainerInspectInfo } from 'dockerode';
import { describe, it } from 'mocha';
import { readInspect } from '../../../../agent/drivers/docker-inspect.js';

const answer = (change: object): ContainerInspectInfo =>
  ({
    Id: 'a'.repeat(64),
    Name: '/web',
    Image: 'sha256:1',
    State: { Running: true, Pid: 7, StartedAt: '2026-01-01T00:00:00Z' },
    Config: { Labels: { 'dqoes.enable': 'true' } },
    HostConfig: { CpuQuota: 20_000 },
    NetworkSettings: { Networks: { bridge: { IPAddress: '172.17.0.2' } } },
    ...change,
  }) as unknown as ContainerInspectInfo;

describe('an answer of the Docker Engine about a container', () => {
  it('is read where it is whole', () => {
    const { container } = readInspect(answer({}));
    assert.deepEqual(
      [container.name, container.pid, container.labels, container.cpu.quotaUs],
      ['web', 7, { 'dqoes.enable': 'true' }, 20_000],
    );
  });

  for (const [what, change] of [
    ['a label that is no text', { Config: { Labels: { 'dqoes.enable': true } } }],
    ['labels that are a list', { Config: { Labels: ['dqoes.enable'] } }],
    ['a name that is no text', { Name: {} }],
    ['an image that is no text', { Image: {}, Config: null }],
    ['a pid that is no number', { State: { Running: true, Pid: '7' } }],
    ['a negative pid', { State: { Running: true, Pid: -1 } }],
    ['a start that is no text', { State: { Running: true, Pid: 7, StartedAt: 5 } }],
    ['an exit code that is no number', { State: { Running: false, ExitCode: '0' } }],
    ['a quota that is no number', { HostConfig: { CpuQuota: '20000' } }],
    ['an address that is no text', { NetworkSettings: { Networks: { a: { IPAddress: 1 } } } }],
  ] as const)
    it(`is refused as damaged: ${what}`, () => {
      assert.throws(() => readInspect(answer(change)), /the Docker Engine’s answer is damaged/);
    });
});

const inspected = (State: object, RestartCount = 0) => {
  const info = { Id: 'a'.repeat(64), State, RestartCount, Config: {}, HostConfig: {} };
  const { running, exitCode, restartCount, isRestarting } = readInspect(info as never).container;
  return { running, exitCode, restartCount, isRestarting };
};

describe('what the engine says of a container', () => {
  it('says that one which runs is paused', () => {
    const paused = answer({ State: { Running: true, Paused: true, Pid: 7 } });
    const { running, isPaused } = readInspect(paused).container;
    assert.deepEqual([running, isPaused], [true, true]);
    assert.equal(readInspect(answer({})).container.isPaused, undefined);
  });

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
