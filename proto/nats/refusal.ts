/** Whether a reason, or the error of `connectNats`, says that the credentials were refused. */
export const isRefusal = (reason: string): boolean =>
  /authorization|authentication|nkey|creds/i.test(reason);
