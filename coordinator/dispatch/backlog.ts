/** One message for a stream. */
export interface StreamMessage {
  readonly subject: string;
  /** The stream drops repeats by it. */
  readonly id: string;
  /** Messages about the same keep their order whatever fails; absent = it is sent alone. */
  readonly about?: string | undefined;
  /** Where some have to be dropped, these are first. Absent = no. */
  readonly isMinor?: boolean;
  /** Called once for each attempt. */
  readonly encode: () => Uint8Array;
  /** Called when the stream has it. Must not throw. */
  readonly onStored?: () => void;
  /** The next term gets it again by itself: it does not wait beyond the end of this one. */
  readonly comesAgain?: true;
}

/** One that another queue did not send. */
export interface EncodedMessage extends Omit<StreamMessage, 'encode' | 'onStored' | 'comesAgain'> {
  readonly data: Uint8Array;
}

/** What waits for a stream. It may outlive a queue: the next one goes on with it. */
export class Backlog {
  readonly waiting: StreamMessage[] = [];
  note: StreamMessage | undefined;
  /** Dropped and not yet in a note. */
  gap = 0;

  /** What waited for another queue: sent with what is added next. */
  keep(messages: readonly EncodedMessage[]): void {
    for (const { data, ...message } of messages)
      this.waiting.push({ ...message, encode: () => data });
  }
}
