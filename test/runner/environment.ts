import {delimiter, dirname, join} from 'node:path';

/** The environment of a test process: nothing of the caller's own set-up, everything that is written below `folder`. */
export function environment(folder: string, inherited: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
	const kept = Object.entries(inherited).filter(([name]) => !dropped.test(name));
	return {
		...Object.fromEntries(kept),
		PATH: [dirname(process.execPath), inherited['PATH']].join(delimiter),
		TMPDIR: folder,
		XDG_STATE_HOME: join(folder, 'state'),
		XDG_CONFIG_HOME: join(folder, 'config'),
		XDG_CACHE_HOME: join(folder, 'cache'),
		HANDRAIL_STATE_DIR: join(folder, 'handrail'),
		HANDRAIL_LOCK: join(folder, 'handrail.lock'),
	};
}

const dropped =
	/^(CI|NO_COLOR|FORCE_COLOR|ACCESSIBLE|DEV|NODE_(ENV|OPTIONS|PATH|TEST_CONTEXT|COMPILE_CACHE|V8_COVERAGE)|XDG_.*|HANDRAIL_.*|SSH_.*|SUDO_.*|TMUX.*|BASH_ENV|ENV|COLUMNS|LINES)$/;
