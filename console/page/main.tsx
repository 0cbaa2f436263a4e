import { render } from 'preact';
import { Client } from './io/client.js';
import { Poller } from './io/poll.js';
import { type Channel, followTogether, type Sharing } from './io/share.js';
import { Store } from './io/store.js';
import { keepToken, readToken } from './io/token.js';
import { needsToken } from './model/problem.js';
import { Root } from './ui/root.js';
import './style/page.css';

/** Resolves after a time, or at once when the signal aborts. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}

/** What this browser has to share one stream between its windows. */
function sharingHere(): Sharing {
  // Absent where the page is neither on loopback nor has TLS.
  const { locks } = navigator as Partial<Navigator>;
  const open = (name: string): Channel => {
    const channel = new BroadcastChannel(name);
    return {
      say: (message) => channel.postMessage(message),
      onHeard: (listener) => {
        channel.onmessage = ({ data }) => listener(data);
      },
      close: () => channel.close(),
    };
  };
  return { locks, open: typeof BroadcastChannel === 'undefined' ? undefined : open };
}

function onVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}

function start(place: HTMLElement): void {
  const store = new Store();
  const send: typeof fetch = (input, init) => window.fetch(input, init);
  const client = new Client(send, readToken(window.sessionStorage));
  const now = (): number => Date.now();
  const isHidden = (): boolean => document.hidden;
  const { dispatch } = store;
  const poller = new Poller({ client, dispatch, now, sleep, isHidden });
  let following = new AbortController();
  const followEvents = (): void => {
    following.abort();
    following = new AbortController();
    const { signal } = following;
    void followTogether(
      {
        client,
        sharing: sharingHere(),
        visibility: { isHidden, onChange: onVisibility },
        fetch: send,
        sleep,
        onEvents: (value) => dispatch({ type: 'events', value }),
        onLive: (value) => dispatch({ type: 'live', value }),
        onRefused: (problem) => {
          if (needsToken(problem)) dispatch({ type: 'failed', problem, nowMs: now() });
        },
      },
      signal,
    );
  };
  const signIn = (token: string | null): void => {
    keepToken(window.sessionStorage, token);
    client.signIn(token);
    dispatch({ type: 'signed', isIn: true });
    poller.refresh();
    followEvents();
  };
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) poller.refresh();
  });
  const tick = setInterval(() => {
    if (!document.hidden) dispatch({ type: 'now', nowMs: now() });
  }, 1000);
  const polling = new AbortController();
  void poller.run(polling.signal);
  followEvents();
  // A page that is left holds no connection; one that a browser takes out again begins again.
  window.addEventListener('pagehide', () => {
    polling.abort();
    following.abort();
    clearInterval(tick);
    render(null, place);
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) window.location.reload();
  });
  place.replaceChildren();
  render(<Root store={store} client={client} poller={poller} onSignIn={signIn} />, place);
}

const place = document.getElementById('page');
if (place !== null) start(place);
