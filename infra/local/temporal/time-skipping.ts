import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ripenHome, type Report, silent, userCache } from '../home.ts';

const run = promisify(execFile);

/** Temporal's test server, whose clock jumps to the next timer whenever nothing runs. */
const version = '1.38.0';

/** A build file that names the one dependency, so that Maven fetches it and all that it needs. */
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>ripen</groupId>
  <artifactId>time-skipping-server</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;

async function fetchJars(target: string): Promise<void> {
  const work = `${target}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  try {
    writeFileSync(join(work, 'pom.xml'), pom);
    const args = ['--batch-mode', '--quiet', 'dependency:copy-dependencies', '-DincludeScope=runtime'];
    await run('mvn', [...args, `-DoutputDirectory=${join(work, 'jars')}`], { cwd: work, timeout: 600_000 });
    renameSync(join(work, 'jars'), target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function writeScript(folder: string, jars: string): string {
  const script = join(folder, 'time-skipping-server');
  const text = `#!/bin/sh\nexec java -cp '${jars}/*' io.temporal.testserver.TestServer "$@"\n`;
  const partial = `${script}.${process.pid}`;
  writeFileSync(partial, text, { mode: 0o755 });
  renameSync(partial, script);
  return script;
}

/**
 * Finds or fetches the time-skipping server and returns the path of a script that starts it on the port given as its first
 * argument: what `@temporalio/testing` takes as `server.executable.path`. Needs Java, and Maven the first time.
 * Throws one sentence with the remedy.
 */
export async function ensureTimeSkippingServer(report: Report = silent, env = process.env): Promise<string> {
  try {
    await run('java', ['-version'], { env });
  } catch {
    throw new Error('Java is not installed; the time-skipping server needs Java 11 or later.');
  }
  const name = `temporal-test-server-${version}`;
  const folders = [join(userCache(env), 'java'), join(ripenHome(env), 'java')];
  const found = folders.find((folder) => existsSync(join(folder, name)) && readdirSync(join(folder, name)).length > 0);
  if (found !== undefined) return writeScript(found, join(found, name));

  report('Fetching the time-skipping Temporal server with Maven; this happens once.');
  const reasons: string[] = [];
  for (const folder of folders) {
    try {
      mkdirSync(folder, { recursive: true });
      await fetchJars(join(folder, name));
      return writeScript(folder, join(folder, name));
    } catch (error) {
      reasons.push(error instanceof Error ? error.message.split('\n').slice(0, 3).join(' ') : String(error));
    }
  }
  throw new Error(
    `The time-skipping server could not be fetched (${reasons[0] ?? ''}). Install Maven, or check its settings.`,
  );
}
