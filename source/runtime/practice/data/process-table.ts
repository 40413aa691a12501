/** Processes beside those of units; KiB of resident memory. */
export const processTable = [
	{pid: 1, user: 'root', memory: 12_400, command: '/sbin/init', isKernel: false},
	{pid: 2, user: 'root', memory: 0, command: '[kthreadd]', isKernel: true},
	{pid: 15, user: 'root', memory: 0, command: '[ksoftirqd/0]', isKernel: true},
	{pid: 61, user: 'root', memory: 0, command: '[kswapd0]', isKernel: true},
	{pid: 210, user: 'root', memory: 0, command: '[jbd2/vda2-8]', isKernel: true},
	{pid: 812, user: 'root', memory: 10_900, command: 'sshd: admin [priv]', isKernel: false},
	{pid: 818, user: 'admin', memory: 6_600, command: 'sshd: admin@notty', isKernel: false},
];

export const memoryTotal = 4_018_204;
export const swapTotal = 1_048_572;
