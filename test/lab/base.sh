# base.sh FOLDER: makes the file tree that every host of the lab begins with, unless it is there already.
# Run under flock(1). The release and the sources are those of this machine's apt.
set -eu
umask 022
[ ! -d "$1" ] || exit 0

suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
work=$1.new
rm -rf "$work" "$work.list"
mkdir -p "${1%/*}"
sh "${0%/*}/sources.sh" >"$work.list"

packages=systemd-sysv,dbus,dbus-user-session,libpam-systemd,openssh-server,sudo,iproute2,procps,libfaketime,locales

mmdebstrap --quiet --mode=root --variant=minbase --include="$packages" \
	--dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
	--dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-include=/usr/share/locale/de/*' \
	--dpkgopt='force-unsafe-io' \
	--aptopt='Acquire::Languages "none"' \
	"$suite" "$work" "$work.list"

# Without a source of its own: a host of the lab reaches nobody but the test.
rm -f "$work.list" "$work"/etc/apt/sources.list "$work"/etc/apt/sources.list.d/* "$work"/etc/ssh/ssh_host_* "$work"/etc/apt/apt.conf.d/99mmdebstrap
: >"$work/etc/machine-id"

chroot "$work" sh -eu <<'EOF'
localedef -i de_DE -f UTF-8 de_DE.UTF-8
ln -s /usr/lib/*/faketime/libfaketime.so.1 /usr/lib/lab-clock.so
for unit in getty@.service console-getty.service apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer \
	e2scrub_all.timer fstrim.timer systemd-networkd-wait-online.service; do
	systemctl mask "$unit"
done 2>/dev/null
useradd --create-home --shell /bin/bash --uid 1000 admin
useradd --create-home --shell /bin/bash --uid 1001 --gid operator operator
echo "operator:correct horse battery" | chpasswd
echo 'admin ALL=(ALL:ALL) NOPASSWD: ALL' >/etc/sudoers.d/admin
echo 'operator ALL=(ALL:ALL) ALL' >/etc/sudoers.d/operator
chmod 440 /etc/sudoers.d/*
for home in /root /home/admin /home/operator; do install -d -m 700 "$home/.ssh"; done
chown admin: /home/admin/.ssh
chown operator:operator /home/operator/.ssh
EOF

mv "$work" "$1"
# Those of older recipes.
find "${1%/*}" -mindepth 1 -maxdepth 1 -type d -mtime +2 ! -path "$1" -exec rm -rf {} +
touch "$1"
