import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { KEY_HELP } from '../model/keys.js';
import { hrefOf, type Route } from '../model/route.js';
import { bannerOf, type State } from '../model/state.js';
import { useApp } from './context.js';
import { Dialog } from './dialog.js';
import { Link } from './link.js';
import { SignIn } from './sign-in.js';

const VIEWS: readonly (readonly [Route, string])[] = [
  [{ page: 'overview' }, 'Overview'],
  [{ page: 'events' }, 'Events'],
  [{ page: 'submit' }, 'Plan and submit'],
  [{ page: 'report' }, 'Report'],
];

interface FrameProps {
  readonly state: State;
  readonly children: ComponentChildren;
  readonly isHelpOpen: boolean;
  readonly onHelp: (isOpen: boolean) => void;
}

/** What stands around every view: where one is, who one is, and whether it is true. */
export function Frame({ state, children, isHelpOpen, onHelp }: FrameProps) {
  const { route } = useApp();
  const banner = bannerOf(state);
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="top">
        <Link to="/" class="brand">
          dqoes <bdi>{state.cluster?.cluster ?? ''}</bdi>
        </Link>
        <nav aria-label="Views">
          {VIEWS.map(([to, name]) => (
            <Link key={name} to={hrefOf(to)} isCurrent={to.page === route.page}>
              {name}
            </Link>
          ))}
        </nav>
        <ConnectionMark state={state} />
        <Caller state={state} />
        <button type="button" class="plain" onClick={() => onHelp(true)} aria-label="Help: keys">
          ?
        </button>
      </header>
      <div class={banner === null ? '' : 'banner'}>
        <span role="alert">
          {banner === null ? null : (
            <>
              <strong>{banner.title}.</strong> {banner.text}
            </>
          )}
        </span>
        {banner === null || banner.age === '' ? null : <span> {banner.age}</span>}
      </div>
      <main id="main" tabIndex={-1} class={banner === null ? '' : 'is-old'}>
        {children}
      </main>
      <footer class="quiet">
        dqoes {state.cluster?.version ?? ''} · <a href="/openapi.json">API</a> ·{' '}
        <a href="/status">status page without a script</a> · <a href="/licences.txt">licences</a>
      </footer>
      {isHelpOpen ? <Help onClose={() => onHelp(false)} /> : null}
    </>
  );
}

const CONNECTION_WORDS = {
  opening: 'connecting',
  connected: 'live',
  disconnected: 'disconnected',
  'signed-out': 'signed out',
} as const;

function ConnectionMark({ state: { connection } }: { readonly state: State }) {
  return <span class={`connection connection-${connection}`}>{CONNECTION_WORDS[connection]}</span>;
}

function Caller({ state }: { readonly state: State }) {
  const { client, signIn } = useApp();
  const [isAsking, setAsking] = useState(false);
  if (client.isSignedIn)
    return (
      <button type="button" class="plain" onClick={() => signIn(null)}>
        {state.role === null ? 'Sign out' : `${state.role} · sign out`}
      </button>
    );
  // The form then stands on the page itself.
  if (state.connection === 'signed-out') return null;
  return (
    <>
      <button type="button" class="plain" onClick={() => setAsking(true)}>
        Sign in
      </button>
      {isAsking ? (
        <Dialog title="Sign in" onClose={() => setAsking(false)}>
          <SignIn
            why={
              state.role === null
                ? ''
                : 'To look, no token is needed here. To change something, one is.'
            }
            onDone={() => setAsking(false)}
          />
        </Dialog>
      ) : null}
    </>
  );
}

function Help({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl class="keys">
        {KEY_HELP.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
