# Runs a task so that it outlives the connection that started it, and answers for it later.
# POSIX sh (dash, busybox, bash); needs Linux (/proc) and setsid(1).
#
# A task is a folder that is private to the user, TASKS/ID:
#   supervisor settings values script umask    what was sent, and the user's umask
#   pid      "PID START BOOT" of the supervisor: made once (noclobber), and who makes it runs the task
#   scope    the name of the scope of systemd's that it has, where there can be one: see apart.sh
#   goes-on  is renamed to `cancelled` once it was told to end, which takes no space
#   group    "PGID START" of the command's process group; START is the start time of its leader
#   in       FIFO, the command's standard input; held open by the supervisor
#   output   both streams of the command, or only its errors where `capture` puts the rest into stdout
#   handed   what the command wrote to $HANDRAIL_OUTPUT
#   tty      the terminal it has, where it has one
#   typing   somebody types into it now: what it prints is given at once
#   bin, askpass ...   where a password is kept for sudo: see askpass.sh
#   exit     "EXIT BYTES" once it has ended; its space is taken before the start (exit.new), so a full disk keeps it

# Sets state, parent, pgrp, session and start (time) of a process, from what follows the last bracket in its stat: proc(5).
stat_of() {
	line=
	while IFS= read -r part || [ -n "$part" ]; do line="$line $part"; done 2>/dev/null <"/proc/$1/stat"
	[ -n "$line" ] || return 1
	set -- ${line##*) }
	state=$1 parent=$2 pgrp=$3 session=$4 start=${20}
}

is_alive() {
	stat_of "$1" && [ "$start" = "$2" ] || return 1
	case $state in Z | X) return 1 ;; esac
}
