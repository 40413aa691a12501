# What a sudo that asks for a password needs inside a task.
#
# A task that was given the password has in its folder
#   bin/sudo      first in its PATH: the real sudo, told to ask by `askpass` where the command says nothing else
#   askpass       asks whoever keeps the password: a subshell of the supervisor, in whose memory alone it is
#   ask, reply.N  FIFOs: "ASKER SUDO START" (process ids, and when that sudo started) there, the answer back
#   keeper        "PID START" of the keeper
#   refused       is there once a sudo has asked twice: the password was wrong, and is given to nobody any more
#   declined      what askpass was asked for, where that was not the user's password

# Sets askpass_ready to why not, or to nothing. The programs have to be executable files: sudo itself starts `askpass`.
set_up_askpass() {
	askpass_ready='nothing can be written there'
	mkdir "$1/bin" && mkfifo "$1/ask" &&
		printf '%s\n' '#!/bin/sh' 'exec sh "${0%/*}/supervisor" askpass "$@"' >"$1/askpass" &&
		printf '%s\n' '#!/bin/sh' 'exec sh "${0%/bin/*}/supervisor" run_sudo "$@"' >"$1/bin/sudo" &&
		chmod 700 "$1/askpass" "$1/bin/sudo" || return 1
	askpass_ready='no program can be run from there (is it mounted noexec?)'
	[ "$("$1/askpass" handrail-ready 2>/dev/null)" = ready ] || return 1
	askpass_ready='its sh has no printf of its own, so that others could see the password'
	[ "$(command -v printf)" = printf ] || return 1
	askpass_ready=
}

# keep PASSWORD: begins to answer who asks for it; whoever closes descriptor 7 ends that.
keep() {
	exec 7<>"$folder/ask"
	# A redirection of the group itself would keep the descriptor aside, to put it back.
	{ exec 7<&- && give "$1"; } <"$folder/ask" >/dev/null 2>&1 &
	stat_of $! && echo "$! $start" >"$folder/keeper"
}

# Each sudo gets the password once: the same one asking again was refused, and then no other gets it either.
give() {
	unset answer
	served=' '
	while read -r asker process since; do
		case $asker in '' | *[!0-9]*) continue ;; esac
		case $served in *" $process:$since "*) : >"$folder/refused" ;; esac
		served="$served$process:$since "
		[ ${#served} -lt 2000 ] || served=" ${served#" "* }"
		answer=none
		[ -e "$folder/refused" ] || answer="password $1"
		# Opened for reading too, it never waits for an asker that has gone.
		[ ! -p "$folder/reply.$asker" ] || printf '%s\n' "$answer" 1<>"$folder/reply.$asker"
	done
}

# What sudo runs to be told the password, with its question as the argument.
askpass() {
	case $1 in
	handrail-ready) echo ready && return ;;
	"handrail-sudo $(id -un)") ;;
	handrail-sudo*) decline "the password of ${1#handrail-sudo }" ;;
	# A question of PAM's own, or the prompt of the command's own `-p`.
	*[Pp]assword*) ;;
	*) decline "$1" ;;
	esac
	read -r keeper since <"$folder/keeper" && stat_of "$keeper" && [ "$start" = "$since" ] || exit 1
	# Where processes of others are hidden, sudo is one.
	stat_of $PPID || start=
	umask 077
	mkfifo "$folder/reply.$$" && exec 3<>"$folder/reply.$$" || exit 1
	echo "$$ $PPID $start" 1<>"$folder/ask"
	unset answer
	IFS= read -r answer <&3
	rm -f "$folder/reply.$$"
	case $answer in
	'password '*) printf '%s\n' "${answer#password }" ;;
	*) exit 1 ;;
	esac
}

decline() {
	printf '%s\n' "$1" >"$folder/declined"
	exit 1
}

# Becomes the real sudo, with all its words as they are, and `-A` before them unless they say how the password is read.
run_sudo() {
	rest=:$PATH:
	while :; do
		case $rest in
		*":$folder/bin:"*) rest=${rest%%":$folder/bin:"*}:${rest#*":$folder/bin:"} ;;
		*) break ;;
		esac
	done
	rest=${rest#:} PATH=${rest%:}
	read_options "$@"
	if [ -n "$is_apart" ]; then exec sudo "$@"; fi
	export SUDO_ASKPASS="$folder/askpass"
	if [ -n "$has_prompt" ]; then exec sudo -A "$@"; fi
	exec sudo -A -p 'handrail-sudo %p' "$@"
}

# Sets is_apart for -n (never ask) and -S (ask standard input), and has_prompt for -p, which sudo takes only once: sudo(8).
read_options() {
	is_apart='' has_prompt='' has_value=''
	for word; do
		if [ -n "$has_value" ]; then
			has_value=
			continue
		fi
		case $word in
		--) break ;;
		--non-interactive | --stdin) is_apart=yes ;;
		--prompt) has_prompt=yes has_value=yes ;;
		--prompt=*) has_prompt=yes ;;
		--auth-type | --chdir | --chroot | --close-from | --command-timeout | --group | --host | --login-class) has_value=yes ;;
		--other-user | --role | --type | --user) has_value=yes ;;
		--*) ;;
		-?*) read_letters "${word#-}" ;;
		*=*) ;;
		*) break ;;
		esac
	done
}

read_letters() {
	letters=$1
	while [ -n "$letters" ]; do
		case $letters in [nS]*) is_apart=yes ;; p*) has_prompt=yes ;; esac
		case $letters in
		[aCcDgpRrTtUu]) has_value=yes ;;
		[aCcDgpRrTtUu]*) return ;;
		esac
		letters=${letters#?}
	done
}
