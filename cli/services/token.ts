import { createHash, randomBytes } from 'node:crypto';
import type { UserRole } from '../../proto/roles.js';
import { TOKEN_ID, type TokenInfo } from '../../proto/schemas/service.js';
import { isSafeId } from '../../shared/ids.js';
import { err, type Fault, ok } from '../../shared/result.js';
import { MAX_DATE_MS } from '../../shared/units.js';
import type { ExitCode } from '../output/faults.js';
import { NAME_FIT } from '../output/fit.js';
import { localTimeText } from '../output/format.js';
import type { Column } from '../output/table.js';
import type { App } from '../shell/app.js';
import type { ClusterFlags, ShowFlags } from '../shell/options.js';
import { refuse, withSession } from '../shell/session.js';
import { showListing } from '../shell/show.js';

/** The flags of `dqoes token create`. */
export interface CreateFlags extends ClusterFlags {
  readonly role: UserRole;
  /** How long it is good, ms. */
  readonly expires?: number;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const ID_LENGTH = 10;

/**
 * Makes a token here and has the cluster know its hash: the token itself is printed, and stands
 * nowhere else.
 */
export async function createToken(
  app: App,
  name: string | undefined,
  flags: CreateFlags,
): Promise<ExitCode> {
  if (name !== undefined && !isSafeId(name)) return refuse(app, [noName(name)]);
  const id = [...randomBytes(ID_LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
  const token = `dqoes_${id}_${randomBytes(32).toString('base64url')}`;
  const hash = createHash('sha256').update(token).digest('hex');
  const { role, expires } = flags;
  const expiresAtMs = expires === undefined ? undefined : app.clock.wall() + expires;
  return withSession(app, flags, async (session) => {
    const made = await session.call('token-create', {
      id,
      name: name ?? '',
      role,
      hash,
      ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    });
    if (!made.ok) return refuse(app, made.error);
    app.output.data(token);
    const end = expiresAtMs === undefined ? '' : `, until ${timeText(expiresAtMs)}`;
    app.output.message(
      `Token ${id}, ${role}${end}: it is not shown again. Use it as the header ` +
        'Authorization: Bearer TOKEN.',
    );
    return 0;
  });
}

/** Lists the tokens. */
export const listTokens = (app: App, flags: ShowFlags): Promise<ExitCode> =>
  withSession(app, flags, (session) =>
    showListing(app, flags, async () => {
      const answer = await session.call('token-list', {});
      if (!answer.ok) return err(answer.error);
      return ok({
        columns: TOKEN_COLUMNS,
        rows: answer.value.tokens,
        answer: answer.value,
        nameOf: (row: TokenInfo) => row.id,
        whenEmpty: 'No tokens yet: make one with dqoes token create --role viewer.',
      });
    }),
  );

/** Makes a token useless. */
export async function revokeToken(app: App, id: string, flags: ClusterFlags): Promise<ExitCode> {
  if (!TOKEN_ID.test(id)) return refuse(app, [noId(id)]);
  return withSession(app, flags, async (session) => {
    const revoked = await session.call('token-revoke', { id });
    if (!revoked.ok) return refuse(app, revoked.error);
    app.output.message(`Token ${id} is revoked.`);
    return 0;
  });
}

const noName = (text: string): Fault => ({
  code: 'cli.usage',
  field: 'name',
  message:
    `${JSON.stringify(text.slice(0, 80))} is no name of a token: use 1 to 63 of A-Z a-z 0-9 _ -, ` +
    'or give none',
});

/** Two tokens may have one name, so a name does not say which of them. */
const noId = (text: string): Fault => ({
  code: 'cli.usage',
  field: 'id',
  message:
    `${JSON.stringify(text.slice(0, 80))} is no id of a token (8 to 16 of a-z 0-9): dqoes token ` +
    'ls lists ids and names',
});

/** Local time, as everything that people read, to the minute. */
const timeText = (ms: number): string => localTimeText(ms).slice(0, 16);

/** Columns of `dqoes token ls`. */
export const TOKEN_COLUMNS: readonly Column<TokenInfo>[] = [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'NAME', ...NAME_FIT, cell: ({ name }) => (name === '' ? '-' : name) },
  { title: 'ROLE', cell: ({ role }) => role },
  { title: 'MADE', optional: true, cell: ({ createdAtMs }) => timeText(createdAtMs) },
  {
    title: 'EXPIRES',
    // 0.1.0 stored ends after all dates.
    cell: ({ expiresAtMs = Number.POSITIVE_INFINITY }) =>
      expiresAtMs > MAX_DATE_MS ? 'never' : timeText(expiresAtMs),
  },
];
