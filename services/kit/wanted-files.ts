import { createInbox, type Msg, type Subscription } from '@nats-io/transport-node';
import type { Bus } from './bus.ts';
import type { Db } from './db.ts';
import { type FileName, type Files, isLost } from './files.ts';
import { findCopy } from './kept-copy.ts';
import type { KeptFiles } from './kept-files.ts';
import type { Log } from './log.ts';

/**
 * A file that the store has lost is asked for here, by the gateway, which has no database. Who has
 * kept it says so at once, and again when it is back; who has not says nothing.
 */
const subject = 'recourse.files.wanted';

type Word = 'have' | 'back' | 'gone';

/** Whoever has kept it says so within this. */
const firstWordMs = 1_000;
/** Half a gigabyte is put back in less. */
const lastWordMs = 60_000;

/** Puts back what others want: one replica of each service is asked. */
export function answerWanted(o: {
  db: Db;
  bus: Bus;
  files: KeptFiles;
  service: string;
  log: Log;
}): { stop(): void } {
  const { db, bus, files, service, log } = o;
  let asked: Subscription | undefined;
  const answer = async (message: Msg): Promise<void> => {
    const say = (word: Word): void => void message.respond(word);
    const name = message.json<FileName>();
    if ((await findCopy(db, name)) === undefined) return;
    say('have');
    try {
      await files.mend(name.orgId, name.fileId);
      say('back');
    } catch (thrown) {
      say('gone');
      throw thrown;
    }
  };
  const serve = async (questions: Subscription): Promise<void> => {
    for await (const message of questions) {
      answer(message).catch((thrown: unknown) => {
        log.warn({ err: thrown }, 'a wanted file was not put back');
      });
    }
  };
  const listen = (): void => {
    if (asked !== undefined) return;
    asked = bus.nc.subscribe(subject, { queue: service });
    void serve(asked);
  };
  if (bus.isConnected()) listen();
  const stopListening = bus.onReconnect(listen);
  return {
    stop: () => {
      stopListening();
      asked?.unsubscribe();
    },
  };
}

/** Whether somebody had the file and has put it back. */
async function want(bus: Bus, name: FileName): Promise<boolean> {
  const reply = createInbox();
  const answers = bus.nc.subscribe(reply);
  let patience = setTimeout(() => answers.unsubscribe(), firstWordMs);
  try {
    bus.nc.publish(subject, JSON.stringify(name), { reply });
    let having = 0;
    for await (const answer of answers) {
      // Nobody listens.
      if (answer.headers?.code === 503) return false;
      const word = answer.string() as Word;
      if (word === 'back') return true;
      having += word === 'have' ? 1 : -1;
      if (having === 0) return false;
      clearTimeout(patience);
      patience = setTimeout(() => answers.unsubscribe(), lastWordMs);
    }
    return false;
  } finally {
    clearTimeout(patience);
    answers.unsubscribe();
  }
}

/** Reads a file of the store; one that it has lost is asked of those who may have kept it. */
export async function getWanted(
  bus: Bus,
  store: Pick<Files, 'get'>,
  { orgId, fileId }: FileName,
): ReturnType<Files['get']> {
  try {
    return await store.get(orgId, fileId);
  } catch (thrown) {
    if (!isLost(thrown) || !(await want(bus, { orgId, fileId }))) throw thrown;
    return store.get(orgId, fileId);
  }
}
