/** Where a script's output goes; the line that `read` is given; what awk reads, and the end of it. */
export const devices = {
	output: '/dev/.output',
	capture: '/dev/.capture',
	line: '/dev/.line',
	awkInput: '/dev/.awk-input',
	awkEnd: '/dev/.awk-end',
};
