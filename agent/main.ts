import { readFile } from 'node:fs/promises';
import { connectNats } from '../proto/nats-connect.js';
import { messageOf } from '../shared/errors.js';
import type { Log } from '../shared/log.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import { type AgentHandle, startAgent } from './agent.js';
import type { AgentConfig } from './config.js';
import { realClock } from './drivers/real-clock.js';

/**
 * Runs an agent as a process: until SIGTERM or SIGINT, when it puts the limits back. Resolves with 0, or with 1 when the connection
 * to NATS is gone for good, so that the service manager starts it anew. Faults at the start are returned.
 */
export async function runAgent(config: AgentConfig, log: Log): Promise<Result<0 | 1>> {
  const auth = await credentialsOf(config);
  if (!auth.ok) return auth;
  const name = `dqoes-agent ${config.node}`;
  const nats = await connectNats({ servers: [config['nats.url']], name, log, waitOnFirstConnect: true, ...auth.value });
  if (!nats.ok) return err([{ code: 'nats.unavailable', field: 'nats.url', message: nats.error }]);
  const { bus, stores } = nats.value;
  const agent = await startAgent(config, { bus, stores, clock: realClock(), log });
  if (agent.ok) {
    const code = await untilSignal(agent.value, config);
    await bus.close();
    return ok(code);
  }
  await bus.close();
  return agent;
}

async function untilSignal(agent: AgentHandle, config: AgentConfig): Promise<0 | 1> {
  let signalled: () => void = () => {};
  const signal = new Promise<'signal'>((resolve) => {
    signalled = () => resolve('signal');
  });
  process.on('SIGTERM', signalled);
  process.on('SIGINT', signalled);
  const why = await Promise.race([signal, agent.done]);
  await agent.stop({ restore: why !== 'bus-closed', stopJobs: why === 'signal' && config['stop-jobs-on-exit'] });
  process.off('SIGTERM', signalled);
  process.off('SIGINT', signalled);
  return why === 'bus-closed' ? 1 : 0;
}

async function credentialsOf(
  config: AgentConfig,
): Promise<Result<{ readonly auth?: { readonly kind: 'creds'; readonly creds: string } }>> {
  const path = config['nats.creds'];
  if (path === '') return ok({});
  try {
    return ok({ auth: { kind: 'creds', creds: await readFile(path, 'utf8') } });
  } catch (cause) {
    const message = `the credentials in ${path} cannot be read (${messageOf(cause)}): check the path and your rights`;
    return err([{ code: 'config.bad', field: 'nats.creds', message } satisfies Fault]);
  }
}
