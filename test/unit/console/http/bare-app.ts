import type { FastifyInstance } from 'fastify';
import { DEFAULT_LIMITS } from '../../../../console/contract.js';
import { buildApp } from '../../../../console/http/app.js';
import type { AppOptions } from '../../../../console/http/parts.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';

/** What a test gives of a console; there is nothing behind the rest. */
interface Behind {
  readonly limits?: Partial<AppOptions['limits']>;
  /** Parts of sources, with the functions that are called. */
  readonly sources?: Partial<Record<keyof AppOptions['sources'], object>>;
}

/** A console on no cluster: whatever a request reaches beyond what is given would throw. */
export function bareApp({ limits, sources }: Behind = {}): Promise<FastifyInstance> {
  const nothing = {} as never;
  return buildApp({
    settings: { cluster: 'main', host: '127.0.0.1' },
    limits: { ...DEFAULT_LIMITS, ...limits },
    sources: {
      ...{ cluster: nothing, events: nothing, day: nothing },
      ...{ nodeHours: nothing, reports: nothing, readJobs: nothing },
      ...(sources as Partial<AppOptions['sources']>),
    },
    clock: new ManualClock(),
    log: silentLog,
    version: '1',
  });
}
