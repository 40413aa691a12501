# Whether tasks outlive a connection here.
probe() {
	[ -r /proc/self/stat ] || refuse 'it has no /proc'
	for program in setsid mkfifo mktemp dd; do
		command -v $program >/dev/null || refuse "it has no $program program"
	done
	umask 077
	make_root || refuse "no private folder for tasks can be made, neither $usual nor $spare"
	new=$(mktemp -d "$root/.new.XXXXXX") && printf '%4096s\n' '' >"$new/space" || give_up "nothing can be written to $root"
	rm -rf "$new"
	# logind.conf(5), KillUserProcesses: root is spared.
	if [ "$uid" -ne 0 ] && [ -d /run/systemd/system ]; then
		case $(busctl get-property org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager KillUserProcesses 2>/dev/null) in
		'b true') refuse 'it ends all processes of a user who logs out (KillUserProcesses=yes in logind.conf)' ;;
		esac
	fi
	reply durable
}
