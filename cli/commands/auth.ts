import { type Command, Option } from 'commander';
import { USER_ROLES, type UserRole } from '../../proto/roles.js';
import type { Fault } from '../../shared/result.js';
import { DEFAULT_CLUSTER } from '../config.js';
import type { InitFlags, ListFlags } from '../services/auth.js';
import type { TokenFlags } from '../services/auth-join.js';
import type { AuthFlags } from '../services/auth-server.js';
import type { JoinFlags } from '../services/join.js';
import type { App, Registry } from '../shell/app.js';
import { appFor, subjectToken, withCommon } from '../shell/options.js';
import { refuse } from '../shell/session.js';
import { withListFormat, withoutUnused } from '../shell/unused-options.js';

interface AddFlags extends AuthFlags {
  readonly role: UserRole | 'coordinator';
}

/** Adds `dqoes auth init|add-user|add-agent|rotate|revoke|update|list|log`: who may do what. */
export function addAuth(registry: Registry): void {
  const auth = registry.program
    .command('auth')
    .description('make and revoke the keys of people, coordinators and agents');
  addInit(auth, registry);
  addAdding(auth, registry);
  addRevoke(auth, registry);
  withListFormat(withFolder(auth.command('list').alias('ls'), registry.app), registry.app)
    .description('list who has a key')
    .action(async (flags: ListFlags) => {
      const { listKeys } = await import('../services/auth.js');
      registry.finish(listKeys(appFor(registry.app, flags), flags));
    });
  withListFormat(withFolder(auth.command('log'), registry.app), registry.app)
    .description('show who made, replaced and revoked keys, and when')
    .action(async (flags: ListFlags) => {
      const { showKeyActs } = await import('../services/auth-log.js');
      registry.finish(showKeyActs(appFor(registry.app, flags), flags));
    });
}

const withDir = (command: Command): Command =>
  withCommon(command).option(
    '--dir <folder>',
    'folder of the keys (else that of a running dqoes up, or its default)',
  );

const withFolder = (command: Command, app: App): Command =>
  withoutUnused(
    withDir(command).option(
      '--cluster <name>',
      'of several running dqoes up, the one of this cluster',
    ),
    app,
    [{ options: ['cluster'], beside: 'dir', why: ', which holds the keys of one cluster' }],
  );

function addInit(auth: Command, { app, finish }: Registry): void {
  withDir(auth.command('init'))
    .description('make the keys of a cluster with a NATS server of your own')
    .option('--cluster <name>', 'name of the cluster', subjectToken, DEFAULT_CLUSTER)
    .option(
      '--nats-pid <file>',
      'pid_file of nats-server, so that it reads its configuration again',
    )
    .action(async (flags: InitFlags) => {
      const { initAuth } = await import('../services/auth.js');
      finish(initAuth(appFor(app, flags), flags));
    });
}

function addAdding(auth: Command, { app, finish }: Registry): void {
  withFolder(auth.command('add-user <name>'), app)
    .description('make the key of a person, or of one more coordinator')
    .addOption(
      new Option('--role <role>', 'what the key may do')
        .choices([...USER_ROLES, 'coordinator'])
        .makeOptionMandatory(),
    )
    .action(async (name: string, flags: AddFlags) => {
      const { addAuthUser } = await import('../services/auth.js');
      finish(await addAuthUser(appFor(app, flags), { name, role: flags.role }, flags));
    });
  withFolder(auth.command('add-agent <node>'), app)
    .description('make the key of the agent of a node, or a token for dqoes join')
    .option('--token', 'print a token, and wait ten minutes for the host that uses it')
    .option('--nats <url>', 'with --token: address of NATS as the host reaches it')
    .option(
      '--coordinator-keys <keys>',
      'with --token: whose desired states the agent obeys (default: those of dqoes up)',
    )
    .action(async (node: string, flags: TokenFlags) => {
      const shown = appFor(app, flags);
      if (flags.token === true) {
        const { addAgentByToken } = await import('../services/auth-join.js');
        return finish(await addAgentByToken(shown, node, flags));
      }
      const ignored = forTokenOnly(flags);
      if (ignored.length > 0) return finish(refuse(shown, ignored));
      const { addAuthAgent } = await import('../services/auth.js');
      finish(await addAuthAgent(shown, node, flags));
    });
}

/** What a token hands on; a key alone would leave the agent without, and nobody would notice. */
const forTokenOnly = ({ nats, coordinatorKeys }: TokenFlags): readonly Fault[] =>
  Object.entries({ '--nats': nats, '--coordinator-keys': coordinatorKeys })
    .filter(([, given]) => given !== undefined)
    .map(([option]) => ({
      code: 'cli.usage',
      field: option,
      message: `${option}: a key does not hand it on: add --token, or write it into agent.yaml`,
    }));

/** Adds `dqoes join TOKEN`: this host makes the key of its agent and has it accepted. */
export function addJoin({ program, app, finish }: Registry): void {
  withCommon(program.command('join <token>'))
    .description("make the key of this host's agent, and have it accepted (- reads the token)")
    .option(
      '-c, --config <file>',
      'agent.yaml, beside which key and settings go (default: the installed one)',
    )
    .option('--out <file>', 'file of the key (default: agent-NODE.nk beside agent.yaml, or here)')
    .option('--nats <url>', 'address of NATS, where it is not the one in the token')
    .action(async (token: string, flags: JoinFlags) => {
      const { joinCluster } = await import('../services/join.js');
      finish(await joinCluster(appFor(app, flags), token, flags));
    });
}

function addRevoke(auth: Command, { app, finish }: Registry): void {
  withFolder(auth.command('update'), app)
    .description("write the server's configuration again as this version has it, keys unchanged")
    .action(async (flags: AuthFlags) => {
      const { updateServer } = await import('../services/auth.js');
      finish(await updateServer(appFor(app, flags), flags));
    });
  withFolder(auth.command('rotate <name>'), app)
    .description('make another key for a name; the old one is useless from then on')
    .action(async (name: string, flags: AuthFlags) => {
      const { rotateKey } = await import('../services/auth.js');
      finish(await rotateKey(appFor(app, flags), name, flags));
    });
  withFolder(auth.command('revoke <name>'), app)
    .description('make a key useless; auth list shows the names')
    .action(async (name: string, flags: AuthFlags) => {
      const { revokeKey } = await import('../services/auth.js');
      finish(await revokeKey(appFor(app, flags), name, flags));
    });
}
