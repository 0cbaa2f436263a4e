import type { ServiceCalls } from '../../proto/schemas/service.js';
import { seal } from '../../proto/sealing/sealed-box.js';
import { isSignedBy } from '../../proto/sealing/signed-key.js';
import { parseSecretName, type SecretName } from '../../shared/ids.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { MAX_SECRET_BYTES, secretTrouble } from '../../shared/secret.js';
import type { ExitCode } from '../output/faults.js';
import type { App } from '../shell/app.js';
import { readHidden } from '../shell/read-hidden.js';
import { readText } from '../shell/read-text.js';
import { refuse, type Session, withSession } from '../shell/session.js';
import { printAnswer } from '../shell/show.js';
import { type TrustFlags, trustedKeys } from './trusted-keys.js';

/** The flags of `dqoes secret set`. */
export interface SecretSetFlags extends TrustFlags {
  readonly file?: string;
  /** Jobs of everybody may name it; absent = as it was. */
  readonly shared?: boolean;
}

/**
 * Seals a secret to the coordinators and has it stored. The value leaves this process sealed only,
 * and is printed nowhere.
 */
export async function setSecret(app: App, text: string, flags: SecretSetFlags): Promise<ExitCode> {
  const name = parseSecretName(text);
  if (!name.ok) return refuse(app, [usage('name', name.error)]);
  const trusted = trustedKeys(app, flags);
  if (!trusted.ok) return refuse(app, trusted.error);
  const value = await readValue(app, flags.file ?? '-');
  if (!value.ok) return refuse(app, value.error);
  return withSession(app, flags, async (session) => {
    const answer = await sealAndSend(session, {
      name: name.value,
      value: value.value,
      trusted: trusted.value,
      ...(flags.shared === undefined ? {} : { shared: flags.shared }),
    });
    if (!answer.ok) return refuse(app, answer.error);
    if (flags.output === 'json' || flags.output === 'yaml') printAnswer(app, flags, answer.value);
    else app.output.data(flags.quiet === true ? name.value : sentenceOf(answer.value));
    return 0;
  });
}

interface Sending {
  readonly name: SecretName;
  readonly value: string;
  readonly trusted: readonly string[];
  readonly shared?: boolean;
}

async function sealAndSend(
  session: Session,
  { name, value, trusted, ...sharing }: Sending,
): Promise<Result<ServiceCalls['secret-set']['response']>> {
  const { cluster } = session;
  const answer = await session.call('secret-key', {});
  if (!answer.ok) return answer;
  const { key, signed } = answer.value;
  const isTrusted =
    trusted.length === 0 || (signed !== undefined && isSignedBy(signed, { key, cluster, trusted }));
  if (!isTrusted) return err([UNTRUSTED]);
  const sealed = seal(new TextEncoder().encode(value), key, { cluster, secret: name });
  if (!sealed.ok) return err([{ ...UNTRUSTED, message: sealed.error }]);
  return session.call('secret-set', { name, box: sealed.value, ...sharing });
}

/** One line end belongs to the file, not to the value. */
async function readValue(app: App, file: string): Promise<Result<string>> {
  const field = file === '-' ? 'stdin' : file;
  const where = file === '-' ? 'The secret' : `The secret in ${file}`;
  const read = await readSecretText(app, file);
  if (!read.ok) return err([usage(field, `${where} ${read.error}`)]);
  const value = read.value.replace(/\r?\n$/, '');
  const trouble = valueTrouble(value, file);
  return trouble === undefined ? ok(value) : err([usage(field, `${where} ${trouble}`)]);
}

function valueTrouble(value: string, file: string): string | undefined {
  if (value === '' && file === '-')
    return 'is empty: write it to standard input, or name its file with --file';
  return value.includes('\ufffd')
    ? 'is not UTF-8, as an environment variable has to be: encode it (base64)'
    : secretTrouble(value);
}

/** A person who types it, or pastes it, leaves it in no scrollback. */
function readSecretText(app: App, file: string): Promise<Result<string, string>> {
  const terminal = file === '-' ? app.terminal?.() : undefined;
  if (terminal === undefined) return readText(app, file, { maxBytes: MAX_SECRET_BYTES });
  app.output.message('Type or paste the secret, which is not shown; Ctrl-D ends it.');
  return readHidden(app, terminal, MAX_SECRET_BYTES);
}

function sentenceOf({ name, change, jobs }: ServiceCalls['secret-set']['response']): string {
  if (change === 'created') return `${name} set`;
  if (jobs.length === 0) return `${name} changed`;
  return `${name} changed: ${jobs.join(', ')} get it when their containers are next created`;
}

const usage = (field: string, message: string): Fault => ({ code: 'cli.usage', field, message });

const UNTRUSTED: Fault = {
  code: 'secret.untrusted-key',
  field: 'coordinator-keys',
  message:
    'no coordinator that is trusted here signed the key to which the secret would be sealed: ' +
    'compare --coordinator-keys (else DQOES_COORDINATOR_KEYS, that of your last dqoes up) with ' +
    '"dqoes coordinator key" on the coordinators; if they agree, something else answers in their ' +
    'place. Nothing was sent',
};
