/**
 * Makes what is generated from the contract: types and gRPC code for the services, types for the
 * portal, and the descriptor set from which the gateway builds its routes. Run at install; nothing
 * of it is committed. Skips the work when no proto file has changed since.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const proto = join(root, 'proto');
const stampFile = join(proto, 'gen', 'stamp');

function run(args: string[]): void {
  const buf = join(root, 'node_modules', '.bin', 'buf');
  const done = spawnSync(buf, args, { cwd: proto, stdio: 'inherit' });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

const inputs = [
  ...globSync('recourse/**/*.proto', { cwd: proto }).toSorted(),
  'buf.gen.yaml',
  'buf.yaml',
];
const digest = createHash('sha256');
for (const input of inputs) digest.update(input).update(readFileSync(join(proto, input)));
digest.update(readFileSync(import.meta.filename));
const stamp = digest.digest('hex');

function isCurrent(): boolean {
  try {
    return readFileSync(stampFile, 'utf8') === stamp;
  } catch {
    return false;
  }
}

if (!isCurrent()) {
  rmSync(join(proto, 'gen'), { recursive: true, force: true });
  rmSync(join(proto, 'vendor'), { recursive: true, force: true });
  mkdirSync(join(proto, 'vendor', 'google', 'api'), { recursive: true });
  for (const file of ['annotations.proto', 'http.proto']) {
    // google/api ships inside protobufjs, so the contract builds without a network.
    cpSync(
      join(root, 'node_modules', 'protobufjs', 'google', 'api', file),
      join(proto, 'vendor', 'google', 'api', file),
    );
  }
  run(['generate', '--include-imports']);
  // Every process reads the first when it starts; comments are most of the second.
  run(['build', '--exclude-source-info', '-o', 'gen/contract.binpb']);
  run(['build', '-o', 'gen/comments.binpb']);
  writeFileSync(stampFile, stamp);
}
