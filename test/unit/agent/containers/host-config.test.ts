import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  createRequestOf,
  fixedPartsHashOf,
  isOurs,
  ownLabels,
} from '../../../../agent/containers/host-config.js';
import type { AllocationId, NodeId } from '../../../../shared/ids.js';
import { aSpec, limitOf, NODE } from '../enforce/build.js';

const options = {
  defaultMemoryBytes: 2 ** 30,
  pidsLimit: 100,
  init: true,
  hostCores: 2,
  weightRule: 'proportional',
} as const;
const request = (spec = aSpec(), cores: number | null = 0.5) =>
  createRequestOf({ spec, limit: limitOf(cores), labels: { a: 'b' } }, options);

describe('host config', () => {
  it('holds exactly these keys and nothing of a job passes through unseen', () => {
    const hostile = { ...aSpec(), Privileged: true, Binds: ['/:/host'] } as ReturnType<
      typeof aSpec
    >;
    assert.deepEqual(request(hostile), {
      Image: 'dqoes/tiny:1',
      Cmd: ['serve'],
      Env: ['A=1', 'NVIDIA_VISIBLE_DEVICES=void'],
      Labels: { a: 'b' },
      ExposedPorts: {},
      HostConfig: {
        CpuPeriod: 100_000,
        CpuQuota: 50_000,
        CpuShares: 5120,
        Memory: 2 ** 30,
        MemorySwap: 2 ** 30,
        PidsLimit: 100,
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges'],
        Privileged: false,
        Init: true,
        PortBindings: {},
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
        LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '2' } },
      },
    });
  });

  it('publishes on loopback only', () => {
    const { HostConfig, ExposedPorts } = request(
      aSpec('web', { ports: [{ containerPort: 8080 }, { containerPort: 81, hostPort: 9000 }] }),
    );
    assert.deepEqual(ExposedPorts, { '8080/tcp': {}, '81/tcp': {} });
    assert.deepEqual(HostConfig.PortBindings, {
      '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '0' }],
      '81/tcp': [{ HostIp: '127.0.0.1', HostPort: '9000' }],
    });
  });

  it('sets memory and swap to the same', () => {
    const { HostConfig } = request(
      aSpec('web', { resources: { cpu: { minCores: 0.1 }, memoryBytes: 100e6 } }),
    );
    assert.equal(HostConfig.Memory, 100e6);
    assert.equal(HostConfig.MemorySwap, 100e6);
  });

  it('sets no limit for null', () => {
    const { CpuQuota, CpuShares } = request(aSpec(), null).HostConfig;
    assert.deepEqual([CpuQuota, CpuShares], [-1, 0]);
  });

  it('leaves the weight to the engine where the host says so', () => {
    const input = { spec: aSpec(), limit: limitOf(0.5), labels: {} };
    assert.equal(createRequestOf(input, { ...options, weightRule: 'off' }).HostConfig.CpuShares, 0);
  });

  it('starts with the period asked', () => {
    const input = { spec: aSpec(), limit: { cpuCores: 0.5, periodUs: 10_000 }, labels: {} };
    const { CpuPeriod, CpuQuota, CpuShares } = createRequestOf(input, options).HostConfig;
    assert.deepEqual([CpuPeriod, CpuQuota, CpuShares], [10_000, 5000, 5120]);
  });

  it('hashes what cannot change on a running container, and only that', () => {
    const base = fixedPartsHashOf(aSpec());
    assert.equal(fixedPartsHashOf(aSpec('web', { weight: 5, replicas: 3 })), base);
    assert.equal(fixedPartsHashOf(aSpec('web', { env: { A: '1' } })), base);
    for (const change of [
      { image: 'x' },
      { command: [] },
      { env: {} },
      { ports: [{ containerPort: 1 }] },
    ])
      assert.notEqual(fixedPartsHashOf(aSpec('web', change)), base);
  });

  it('tells containers of other agents apart', () => {
    const start = { allocation: 'web-0' as AllocationId, spec: aSpec(), specHash: 'h' };
    const labels = ownLabels({ node: NODE, cluster: 'c' }, start);
    assert.equal(isOurs(labels, { node: NODE, cluster: 'c' }), true);
    assert.equal(isOurs(labels, { node: NODE, cluster: 'other' }), false);
    assert.equal(isOurs({ 'dqoes.enable': 'true' }, { node: NODE, cluster: 'other' }), true);
  });

  it('knows containers of the same node by another name as its own', () => {
    const start = { allocation: 'web-0' as AllocationId, spec: aSpec(), specHash: 'h' };
    const labels = ownLabels({ node: NODE, cluster: 'c' }, start);
    const renamed = { node: 'other' as NodeId, cluster: 'c' };
    assert.equal(isOurs(labels, renamed), false);
    assert.equal(isOurs(labels, { ...renamed, formerNames: ['x' as NodeId, NODE] }), true);
    assert.equal(isOurs(labels, { ...renamed, cluster: 'd', formerNames: [NODE] }), false);
    assert.equal(isOurs({ 'dqoes.allocation': 'web-0' }, { ...renamed, formerNames: [] }), false);
  });
});
