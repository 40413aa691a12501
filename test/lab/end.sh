# end.sh GROUP: ends every process of a host at once, and removes its control group. In a mount namespace of its own.

# systemd wants the unified hierarchy, and nothing beside it.
[ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ] || mount -t cgroup2 none /sys/fs/cgroup
group=/sys/fs/cgroup/$1
[ -d "$group" ] || exit 0
echo 1 >"$group/cgroup.kill"
tries=0
while grep -q 'populated 1' "$group/cgroup.events" && [ $tries -lt 500 ]; do
	sleep 0.02
	tries=$((tries + 1))
done
find "$group" -depth -type d -exec rmdir {} ';'
