import type { Promised } from '@recourse/kit/client.ts';
import { JobState, type PlatformServiceClient } from '@recourse/proto/platform/v1/platform.ts';
import { type Stage, until } from './stage.ts';

const admin = 'platform.admin';

type Room = Promised<PlatformServiceClient>;

async function quiet(stage: Stage, service: string, room: Room): Promise<void> {
  const filter = { states: [JobState.WAITING, JobState.RUNNING], name: '' };
  await until(`the jobs of ${service}`, async () => {
    const asked = { service, filter, page: undefined };
    const { jobs } = await room.listJobs(asked, await stage.as(admin));
    return jobs.length === 0 ? true : undefined;
  });
}

/**
 * What services do by the clock, done by the clock of the demo: the real one never passes midnight
 * while eighteen months are played.
 */
export async function nightOf(stage: Stage, service: string, name: string): Promise<void> {
  const room = stage.rooms.get(service);
  if (room === undefined) throw new Error(`${service} has no part in the demo`);
  const asked = { service, name, requestId: stage.id(`night of ${service}`), reason: '' };
  await room.runSchedule(asked, await stage.as(admin));
  await quiet(stage, service, room);
}

/** Everything that any service does by the clock, once; as of now. */
export async function everyNight(stage: Stage): Promise<void> {
  const nights = [...stage.rooms].map(async ([service, room]) => {
    const own = stage.act(`nights of ${service}`);
    const { schedules } = await room.listSchedules({ service }, await own.as(admin));
    for (const { name } of schedules) await nightOf(own, service, name);
  });
  await Promise.all(nights);
}
