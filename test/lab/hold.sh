# hold.sh BASE FOLDER GROUP SIZE: holds the disk and the network of one host for as long as its standard input is open,
# also while the host is without power. Runs in a mount namespace and a network namespace of its own, under flock(1).
set -eu
umask 022
base=$1 folder=$2 group=$3 size=$4

# What is there still was left by a run that was killed.
sh "${0%/*}/end.sh" "$group"
mkdir "/sys/fs/cgroup/$group"
mkdir -p /run/systemd/nspawn
mount -t tmpfs -o mode=755 none /run/systemd/nspawn

mount -t tmpfs -o mode=755,size="$size" none "$folder"
mkdir "$folder/upper" "$folder/work" "$folder/root"
mount -t overlay -o lowerdir="$base",upperdir="$folder/upper",workdir="$folder/work" none "$folder/root"
ip link set lo up

echo held
# Its end is the end of the test, whatever kind of end.
cat >/dev/null
exec sh "${0%/*}/end.sh" "$group"
