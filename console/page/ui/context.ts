import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Client } from '../io/client.js';
import type { Poller } from '../io/poll.js';
import type { Store } from '../io/store.js';
import type { Query, Route } from '../model/route.js';
import type { State } from '../model/state.js';

/** What is being written, by where that is; forgotten when somebody signs out. */
export type Drafts = Map<string, unknown>;

/** What the address of the page says; another object after each move, be it to the same place. */
export interface Place {
  readonly route: Route;
  readonly query: Query;
  /** Id of the part to read from on; '' = none. */
  readonly anchor: string;
}

/** What every part of the page may use. */
export interface App {
  readonly store: Store;
  readonly client: Client;
  readonly poller: Poller;
  readonly place: Place;
  readonly route: Route;
  readonly query: Query;
  readonly drafts: Drafts;
  /** Opens an address of this page. */
  go(address: string): void;
  /** Changes values of the query; an empty one leaves the address. */
  setQuery(change: Query): void;
  signIn(token: string | null): void;
}

export const AppContext = createContext<App | null>(null);

/** The parts of the page; only below the one that provides them. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error('used outside of the page');
  return app;
}

/** The state, drawn again at each change. */
export function usePageState(): State {
  const { store } = useApp();
  const [state, setState] = useState(store.state);
  useEffect(() => {
    setState(store.state);
    return store.subscribe(() => setState(store.state));
  }, [store]);
  return state;
}
