import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Client } from '../io/client.js';
import type { Poller } from '../io/poll.js';
import type { Store } from '../io/store.js';
import { type Command, type Pending, pressed } from '../model/keys.js';
import { hrefOf, queryText, type Route, routeOf, withQuery } from '../model/route.js';
import type { State } from '../model/state.js';
import { tabTitle } from '../model/title.js';
import { sentence } from '../model/words.js';
import { type App, AppContext, type Drafts, type Place, useApp, usePageState } from './context.js';
import { EventsView } from './events.js';
import { Frame } from './frame.js';
import { JobView } from './job.js';
import { Link } from './link.js';
import { NodeView } from './node.js';
import { Overview } from './overview.js';
import { ReportPage } from './report.js';
import { SignIn } from './sign-in.js';
import { SubmitView } from './submit.js';
import { useAnchor } from './use-anchor.js';
import { focusHeading, isFocusLost } from './use-focus.js';

const placeNow = (): Place => ({
  route: routeOf(window.location.pathname),
  query: Object.fromEntries(new URLSearchParams(window.location.search)),
  anchor: window.location.hash.slice(1),
});

interface RootProps {
  readonly store: Store;
  readonly client: Client;
  readonly poller: Poller;
  readonly onSignIn: (token: string | null) => void;
}

/** The whole page; the view is that of the address. */
export function Root({ store, client, poller, onSignIn }: RootProps) {
  const [place, setPlace] = useState(placeNow);
  const [drafts] = useState<Drafts>(() => new Map());
  useEffect(() => {
    const onPop = (): void => setPlace(placeNow());
    window.addEventListener('popstate', onPop);
    return () => window.removeEventListener('popstate', onPop);
  }, []);
  const app = useMemo<App>(
    () => ({
      store,
      client,
      poller,
      drafts,
      place,
      route: place.route,
      query: place.query,
      go: (address) => {
        window.history.pushState(null, '', address);
        setPlace(placeNow());
      },
      setQuery: (change) => {
        const query = withQuery(placeNow().query, change);
        window.history.replaceState(null, '', `${window.location.pathname}${queryText(query)}`);
        setPlace(placeNow());
      },
      signIn: (token) => {
        if (token === null) drafts.clear();
        onSignIn(token);
      },
    }),
    [store, client, poller, drafts, place, onSignIn],
  );
  return (
    <AppContext.Provider value={app}>
      <Page />
    </AppContext.Provider>
  );
}

function Page() {
  const { route, place } = useApp();
  const state = usePageState();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const isSearching = useFocusOnArrival(route);
  useAnchor(place);
  useKeys(setHelpOpen, isSearching);
  useTitle(route, state);
  useFocusAfterSigning(state);
  return (
    <Frame state={state} isHelpOpen={isHelpOpen} onHelp={setHelpOpen}>
      {state.connection === 'signed-out' ? (
        <SignedOut state={state} />
      ) : (
        <View route={route} state={state} />
      )}
    </Frame>
  );
}

function SignedOut({ state }: { readonly state: State }) {
  const { client } = useApp();
  const why = client.isSignedIn
    ? sentence(state.problem?.messages[0] ?? 'The token is not known here')
    : 'This console asks for a token.';
  return (
    <>
      <h1 tabIndex={-1}>Sign in</h1>
      <SignIn why={why} />
    </>
  );
}

function View({ route, state }: { readonly route: Route; readonly state: State }) {
  switch (route.page) {
    case 'overview':
      return <Overview state={state} />;
    case 'job':
      return <JobView key={route.name} name={route.name} state={state} />;
    case 'node':
      return <NodeView key={route.id} id={route.id} state={state} />;
    case 'events':
      return <EventsView state={state} />;
    case 'submit':
      return <SubmitView state={state} />;
    case 'report':
      return <ReportPage state={state} />;
    case 'none':
      return (
        <>
          <h1 tabIndex={-1}>There is no such page</h1>
          <p>
            Go to the <Link to="/">overview</Link>.
          </p>
        </>
      );
  }
}

/** The keys of the help, wherever one is; `isSearching`: that of the arrival. */
function useKeys(setHelpOpen: (isOpen: boolean) => void, isSearching: RefObject<boolean>): void {
  const { go, route } = useApp();
  const pending = useRef<Pending>('');
  const page = route.page;
  useEffect(() => {
    const act = (command: Command, event: KeyboardEvent): void => {
      if (command.do === 'go') {
        setHelpOpen(false);
        go(hrefOf(command.to));
      } else if (command.do === 'help') setHelpOpen(true);
      else if (command.do === 'close') {
        setHelpOpen(false);
        if (isField(event.target)) event.target.blur();
      } else {
        event.preventDefault();
        const field = document.getElementById('search');
        // At once, or what is typed next is lost.
        if (field !== null) field.focus();
        else {
          isSearching.current = true;
          go('/');
        }
      }
    };
    const onKey = (event: KeyboardEvent): void => {
      const isModified = event.ctrlKey || event.metaKey || event.altKey;
      const key = { key: event.key, isModified, isTyping: isField(event.target) };
      const done = pressed(pending.current, key);
      pending.current = done.pending;
      if (done.command !== undefined) act(done.command, event);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [go, page, setHelpOpen]);
}

/** Something that is typed into. */
const isField = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=checkbox],[type=radio]),textarea,select');

function useTitle(route: Route, { jobs, nodes, cluster, connection }: State): void {
  const title = useMemo(
    () => tabTitle(route, { jobs, nodes, cluster, connection }),
    [route, jobs, nodes, cluster, connection],
  );
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/**
 * Another view is read from its heading on, or typed into where somebody searches, as the value
 * returned says; the first one is left alone.
 */
function useFocusOnArrival(route: Route): RefObject<boolean> {
  const address = hrefOf(route);
  const before = useRef(address);
  const isSearching = useRef(false);
  // Before the page is painted: what is typed next would go to the view that is gone.
  useLayoutEffect(() => {
    if (before.current === address) return;
    before.current = address;
    window.scrollTo(0, 0);
    const field = isSearching.current ? document.getElementById('search') : null;
    isSearching.current = false;
    if (field === null) focusHeading();
    else field.focus();
  }, [address]);
  return isSearching;
}

/** Who signs in or out loses the form or the button: what is read then goes on from its heading. */
function useFocusAfterSigning({ connection, jobs }: State): void {
  const { client } = useApp();
  const { isSignedIn } = client;
  const before = useRef(isSignedIn);
  const isThere = connection === 'signed-out' || (connection === 'connected' && jobs !== null);
  useLayoutEffect(() => {
    if (before.current === isSignedIn || !isThere) return;
    before.current = isSignedIn;
    if (isFocusLost()) focusHeading();
  }, [isSignedIn, isThere]);
}
