import { useState } from 'preact/hooks';
import { useApp } from './context.js';

/** Asks for a token; it is kept for this window only. */
export function SignIn({ why, onDone }: { readonly why: string; readonly onDone?: () => void }) {
  const { signIn } = useApp();
  const [token, setToken] = useState('');
  return (
    <form
      class="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        const text = token.trim();
        if (text === '') return;
        setToken('');
        signIn(text);
        onDone?.();
      }}
    >
      {why === '' ? null : <p role="alert">{why}</p>}
      <label>
        Token
        <input
          type="password"
          autoComplete="off"
          spellcheck={false}
          value={token}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
      </label>
      <button type="submit">Sign in</button>
      <p class="quiet">
        Made with <code>dqoes token create NAME --role viewer|submitter|operator</code>. It is kept
        until this window is closed.
      </p>
    </form>
  );
}
