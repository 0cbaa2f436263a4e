/** Whether a reason, or the error of `connectNats`, says that the credentials were refused. */
export const isRefusal = (reason: string): boolean =>
  /authorization|authentication|nkey|creds/i.test(reason);

const KEY_CURE =
  'the key was replaced or revoked, or this is another server: put the new key where ' +
  'nats.credentials names it, and reload the service';

/** What a log says of an error that the server reported: where it refuses the key, the cure too. */
export const errorFields = (error: string): { readonly error: string; readonly cure?: string } =>
  isRefusal(error) ? { error, cure: KEY_CURE } : { error };
