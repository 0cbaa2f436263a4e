import { useRef, useState } from 'preact/hooks';
import { tokenIn } from '../model/token.js';
import { useApp } from './context.js';

/** Asks for a token; it is kept for this window only. */
export function SignIn({ why, onDone }: { readonly why: string; readonly onDone?: () => void }) {
  const { signIn } = useApp();
  const field = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState('');
  return (
    <form
      class="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        if (field.current === null || field.current.value.trim() === '') return;
        const token = tokenIn(field.current.value);
        setFault(token === null ? NO_TOKEN : '');
        if (token === null) return;
        field.current.value = '';
        signIn(token);
        onDone?.();
      }}
    >
      {why === '' ? null : <p role="alert">{why}</p>}
      <label>
        Token
        <input ref={field} type="password" autoComplete="off" spellcheck={false} />
      </label>
      {fault === '' ? null : <p role="alert">{fault}</p>}
      <button type="submit">Sign in</button>
      <p class="quiet">
        Made with <code>dqoes token create NAME --role viewer|submitter|operator</code>. It is kept
        until this window is closed.
      </p>
    </form>
  );
}

const NO_TOKEN =
  'That is no token: paste the one word that dqoes token create printed. It begins with dqoes_.';
