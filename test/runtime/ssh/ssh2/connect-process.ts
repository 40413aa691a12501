// Connects to web1 by the system's ssh and says so, or that it was asked something; then it waits to be killed.
import {sshShell} from '../../../../source/runtime/ssh/ssh-shell.ts';

const never = new AbortController().signal;
const wait = async (): Promise<never> => {
	process.stdout.write('asked\n');
	return await new Promise(() => {});
};
const asks = {trusts: wait, tell: wait};
const shell = sshShell('web1', {host: 'web1'}, {env: process.env, acceptsNew: false, transport: 'openssh', asks});
setInterval(() => {}, 1000);
await shell.connect(never);
process.stdout.write('connected\n');
