/** Where a script's output goes; and the line that `read` is given. */
export const devices = {output: '/dev/.output', capture: '/dev/.capture', line: '/dev/.line'};
