import type { BusMessage } from './bus.js';
import { BOOT_HEADER } from './telemetry.js';

/** Name of a node, key or message that no program has; ids of tries are made of it. */
export const TRIAL = 'dqoes-doctor';

/**
 * Headers of a message that only tries whether it may be published. Streams refuse to store it,
 * because it expects another stream; coordinators of 0.1.0 take it for one of an unknown start of
 * its node and count it as broken.
 */
export const TRIAL_HEADERS: Readonly<Record<string, string>> = {
  'Nats-Expected-Stream': TRIAL,
  [BOOT_HEADER]: TRIAL,
};

/** The message only tries whether it may be published: it says nothing. */
export const isTrial = ({ data, headers }: BusMessage): boolean =>
  data.length === 0 && headers[BOOT_HEADER] === TRIAL;
