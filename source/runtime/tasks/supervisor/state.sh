# What can be said of a task.

# Sets is to none, starting, running, ended or lost; exit and bytes of one that ended; rebooted and alive of one that is lost.
look() {
	is=none rebooted=no alive=no
	[ -d "$folder" ] || return 0
	look_for_exit && return
	pid= since= boot=
	{ read -r pid since boot <"$folder/pid"; } 2>/dev/null
	if [ -z "$boot" ]; then
		is=starting
		return
	fi
	IFS= read -r boot_now </proc/sys/kernel/random/boot_id
	if [ "$boot" != "$boot_now" ]; then
		is=lost rebooted=yes
	elif is_alive "$pid" "$since"; then
		is=running
	else
		look_for_exit && return
		is=lost
		if has_group || has_strays; then alive=yes; fi
	fi
}

look_for_exit() {
	exit= bytes=
	{ read -r exit bytes <"$folder/exit"; } 2>/dev/null
	[ -n "$bytes" ] || return 1
	is=ended
}

# Whether a process of the command's group is at work; sets group. A leader of another start time leads another group.
has_group() {
	group= since=
	{ read -r group since <"$folder/group"; } 2>/dev/null
	[ -n "$since" ] || return 1
	if stat_of "$group" && [ "$start" != "$since" ]; then return 1; fi
	grep -qs "^[0-9]* (.*) [^ZX] [0-9]* $group " /proc/[0-9]*/stat
}

# Sets strays: processes of it that have left the command's group, known by the scope and by what they inherited. Not among
# them is what runs the command: the supervisor `pid` and what that has started itself (a shell, script or sudo).
has_strays() {
	strays='' scope=''
	{ read -r scope <"$folder/scope"; } 2>/dev/null
	[ -n "$scope" ] || return 1
	for file in $(grep -lsF "/$scope" /proc/[0-9]*/cgroup) $(inheritors); do
		process=${file#/proc/}
		process=${process%/*}
		stat_of "$process" || continue
		case $state$session:$parent:$pgrp in [ZX]* | ?"$pid":* | *:"$pid":* | *:"${group:-none}") continue ;; esac
		case "$strays " in *" $process "*) ;; *) strays="$strays $process" ;; esac
	done
	[ -n "$strays" ]
}

# Not `-F`: with that, busybox sees nothing behind a NUL.
inheritors() {
	grep -ls "HANDRAIL_OUTPUT=$(printf '%s' "$folder" | sed 's/[][\.*^$]/\\&/g')/handed" /proc/[0-9]*/environ
}

# No command was run where there is no pid file some time after the folder was made: as if it had never been.
forget_unless_begun() {
	tries=0
	while [ "$is" = starting ] && [ $tries -lt 20 ]; do
		sleep 0.1 2>/dev/null || sleep 1
		tries=$((tries + 1))
		look
	done
	[ "$is" = starting ] || return 0
	bury
	is=none
}

ask() {
	look
	forget_unless_begun
	case $is in
	ended)
		refused=
		if [ -e "$folder/refused" ]; then refused=refused; fi
		reply ended "$exit" "$bytes" $refused
		;;
	lost) reply lost "$rebooted" "$alive" ;;
	none) reply none ;;
	*) reply "$is" $(wc -c <"$folder/output") ;;
	esac
}

reap() {
	look
	case $is$alive in
	running* | starting* | lostyes) refuse 'processes of the task are still at work' ;;
	esac
	if [ -d "$folder" ]; then bury || refuse "$folder could not be removed"; fi
	reply reaped
}

list() {
	for root in "$usual" "$spare"; do
		is_private "$root" || continue
		for folder in "$root"/*; do
			if [ -d "$folder" ]; then reply task "${folder##*/}"; fi
		done
	done
	reply end
}
