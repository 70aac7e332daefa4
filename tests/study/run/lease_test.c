/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * One run at a time in a place: whoever else is about, and whoever is gone.
 */

#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "study/run/boot.h"
#include "study/run/lease.h"

#define	RIVALS	12
#define	ROUNDS	15

static char *root, *page_path;

static void
setup(void)
{

	root = g_dir_make_tmp("lease-XXXXXX", NULL);
	page_path = g_build_filename(root, ".r.lease", NULL);
}

static void
teardown(void)
{

	(void)g_unlink(page_path);
	g_assert_cmpint(g_rmdir(root), ==, 0);
	g_free(root);
	g_free(page_path);
}

static struct lease *
take(struct lease_page *left, GError **error)
{

	return (lease_take(root, "r", left, error));
}

/* Is the place to be had, and if not, is it because somebody has it? */
static bool
is_free(void)
{
	g_autoptr(GError) error = NULL;
	struct lease_page left;
	struct lease *l;

	l = take(&left, &error);
	if (l == NULL)
		g_assert_error(error, LEASE_ERROR, EBUSY);
	lease_page_clear(&left);
	lease_drop(l);
	return (l != NULL);
}

/* A page as another process would leave it. */
static void
put_page(const char *boot, const char *pids, long pid, int age_s)
{
	struct timespec times[2] = { { 0, UTIME_OMIT }, { 0, 0 } };
	g_autofree char *text = NULL;

	text = g_strdup_printf("# a run of pcbsim holds the place beside this "
	    "file\nhost: elsewhere\nboot: %s\npids: %s\npid: %ld\n"
	    "token: theirs\npartial: .r.partial-7\nold: \nplacing: yes\n",
	    boot, pids, pid);
	g_assert_true(g_file_set_contents(page_path, text, -1, NULL));
	times[1].tv_sec = time(NULL) - age_s;
	g_assert_cmpint(utimensat(AT_FDCWD, page_path, times, 0), ==, 0);
}

static void
one_at_a_time(void)
{
	g_autoptr(GError) error = NULL;
	struct lease_page left;
	struct lease *l;

	setup();
	l = take(&left, &error);
	g_assert_no_error(error);
	g_assert_null(left.token);
	g_assert_true(lease_held(l, &error));
	g_assert_null(take(&left, &error));
	g_assert_error(error, LEASE_ERROR, EBUSY);
	g_assert_nonnull(strstr(error->message, g_get_host_name()));
	lease_drop(l);
	g_assert_false(g_file_test(page_path, G_FILE_TEST_EXISTS));
	g_assert_true(is_free());
	teardown();
}

#define	LEFT_BEHIND_US	300000

/*
 * A child that takes the place, says so, and waits to be killed; if so, it
 * makes one of its own first that stays for so long.
 */
static pid_t
child_takes(unsigned left_behind_us)
{
	struct lease_page left;
	struct lease *l;
	int fds[2];
	pid_t pid;
	char c;

	g_assert_cmpint(pipe(fds), ==, 0);
	pid = fork();
	if (pid == 0) {
		l = take(&left, NULL);
		c = l != NULL && lease_note(l, ".r.partial-1", ".r.old-1",
		    true, NULL) ? 'y' : 'n';
		if (left_behind_us > 0 && fork() == 0) {
			g_usleep(left_behind_us);
			_exit(0);
		}
		if (write(fds[1], &c, 1) == 1)
			(void)pause();
		_exit(0);
	}
	g_assert_cmpint(read(fds[0], &c, 1), ==, 1);
	g_assert_cmpint(c, ==, 'y');
	close(fds[0]);
	close(fds[1]);
	return (pid);
}

static void
the_dead_give_way_at_once(void)
{
	g_autoptr(GError) error = NULL;
	struct lease_page left;
	struct lease *l;
	pid_t pid;

	setup();
	pid = child_takes(0);
	g_assert_false(is_free());
	/* Who sleeps is not dead. */
	g_assert_cmpint(kill(pid, SIGSTOP), ==, 0);
	g_assert_false(is_free());
	g_assert_cmpint(kill(pid, SIGKILL), ==, 0);
	g_assert_cmpint(waitpid(pid, NULL, 0), ==, pid);
	l = take(&left, &error);
	g_assert_no_error(error);
	g_assert_cmpint(left.pid, ==, pid);
	g_assert_cmpstr(left.partial, ==, ".r.partial-1");
	g_assert_cmpstr(left.old, ==, ".r.old-1");
	g_assert_true(left.placing);
	lease_page_clear(&left);
	/* Until it is mended the journal says the same. */
	g_assert_true(lease_peek(root, "r", &left));
	g_assert_cmpint(left.pid, ==, getpid());
	g_assert_true(left.placing);
	lease_page_clear(&left);
	lease_drop(l);
	teardown();
}

/*
 * A child that the dead one had made has its lock, until it is another program:
 * so long the next one waits.
 */
static void
what_the_dead_made_is_waited_for(void)
{
	g_autoptr(GError) error = NULL;
	struct lease_page left;
	struct lease *l;
	gint64 since;
	pid_t pid;

	setup();
	pid = child_takes(LEFT_BEHIND_US);
	since = g_get_monotonic_time();
	g_assert_cmpint(kill(pid, SIGKILL), ==, 0);
	g_assert_cmpint(waitpid(pid, NULL, 0), ==, pid);
	l = take(&left, &error);
	g_assert_no_error(error);
	g_assert_cmpint(left.pid, ==, pid);
#ifdef F_OFD_SETLK
	/* Other locks are not a child's, too. */
	g_assert_cmpint(g_get_monotonic_time() - since, >=,
	    LEFT_BEHIND_US / 2);
#else
	(void)since;
#endif
	lease_page_clear(&left);
	lease_drop(l);
	teardown();
}

/* Of another host a lock proves nothing, only that the page does not move. */
static void
another_host_is_waited_for(void)
{

	setup();
	put_page("another", "pid:[1]", getpid(), 5);
	g_assert_false(is_free());
	put_page("another", "pid:[1]", getpid(), LEASE_STALE - 10);
	g_assert_false(is_free());
	put_page("another", "pid:[1]", getpid(), LEASE_STALE + 10);
	g_assert_true(is_free());
	/* Nor does one move that lies ahead of the disk's clock. */
	put_page("another", "pid:[1]", getpid(), -LEASE_STALE + 10);
	g_assert_false(is_free());
	put_page("another", "pid:[1]", getpid(), -100 * LEASE_STALE);
	g_assert_true(is_free());
	teardown();
}

/* Of this boot the lock tells, whatever the number means where it came from. */
static void
another_container_is_known_by_its_lock(void)
{

	setup();
	put_page(boot_id(), "pid:[1]", 1, 0);
	g_assert_true(is_free());
	teardown();
}

static void
who_lost_it_knows(void)
{
	g_autoptr(GError) error = NULL;
	struct lease_page left;
	struct lease *l;

	setup();
	l = take(&left, &error);
	g_assert_cmpint(g_unlink(page_path), ==, 0);
	g_assert_false(lease_held(l, &error));
	g_clear_error(&error);
	/* Nor is another's page removed for it. */
	put_page("another", "pid:[1]", 1, 0);
	g_assert_false(lease_held(l, &error));
	lease_drop(l);
	g_assert_true(g_file_test(page_path, G_FILE_TEST_EXISTS));
	teardown();
}

/* The same file has another's page: who was asleep finds their word in it. */
static void
another_word_is_another_owner(void)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	struct lease_page left;
	struct lease *l;
	FILE *f;

	setup();
	l = take(&left, &error);
	g_assert_no_error(error);
	f = fopen(page_path, "r+");
	g_assert_nonnull(f);
	g_assert_cmpint(fputs("# a run of pcbsim holds the place beside this "
	    "file\nhost: elsewhere\npid: 7\ntoken: theirs\n#", f), >=, 0);
	g_assert_cmpint(fclose(f), ==, 0);
	g_assert_false(lease_held(l, &error));
	g_assert_error(error, LEASE_ERROR, EBUSY);
	g_assert_nonnull(strstr(error->message, "process 7 of host elsewhere"));
	/* It is theirs, and stays. */
	lease_drop(l);
	g_assert_true(g_file_get_contents(page_path, &text, NULL, NULL));
	g_assert_nonnull(strstr(text, "token: theirs"));
	teardown();
}

/* A lock of this process says nothing of one that it has itself. */
static void
one_process_has_it_once(void)
{

	setup();
	put_page(boot_id(), boot_pids(), getpid(), 0);
	g_assert_false(is_free());
	put_page(boot_id(), boot_pids(), getpid(), 2 * LEASE_STALE);
	g_assert_false(is_free());
	teardown();
}

static void
what_is_no_lease_stays(void)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	struct lease_page left;

	setup();
	g_assert_true(g_file_set_contents(page_path, "mine", -1, NULL));
	g_assert_null(take(&left, &error));
	g_assert_error(error, LEASE_ERROR, EEXIST);
	g_assert_nonnull(strstr(error->message, page_path));
	g_clear_error(&error);
	g_assert_true(g_file_get_contents(page_path, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, "mine");
	g_assert_cmpint(g_unlink(page_path), ==, 0);
	g_assert_cmpint(mkfifo(page_path, 0666), ==, 0);
	g_assert_null(take(&left, &error));
	g_assert_error(error, LEASE_ERROR, EEXIST);
	g_clear_error(&error);
	g_assert_cmpint(g_unlink(page_path), ==, 0);
	g_assert_cmpint(symlink("/etc/passwd", page_path), ==, 0);
	g_assert_null(take(&left, &error));
	g_assert_nonnull(error);
	teardown();
}

/* A page names only what we give names to. */
static void
a_hostile_page_names_nothing(void)
{
	static const char *const names[] = { "/etc", "../victim", ".r.old-1/x",
	    ".other.partial-1", "r", ".r.partial-../../victim",
	    ".r.partial-1\\", ".r.old-1\\\\\\" };
	struct lease_page page;
	size_t i;

	setup();
	for (i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *text = g_strdup_printf("# a run of pcbsim "
		    "holds the place beside this file\npid: 99999999999\n"
		    "partial: %s\nold: %s\nplacing: yes\n", names[i],
		    names[i]);

		g_assert_true(g_file_set_contents(page_path, text, -1, NULL));
		g_assert_true(lease_peek(root, "r", &page));
		g_assert_null(page.partial);
		g_assert_null(page.old);
		g_assert_cmpint(page.pid, ==, 0);
		lease_page_clear(&page);
	}
	teardown();
}

/* Nobody written yet: whoever made it is gone, for the lock is to be had. */
static void
an_empty_page_is_nobodys(void)
{

	setup();
	g_assert_true(g_file_set_contents(page_path, "", 0, NULL));
	g_assert_true(is_free());
	teardown();
}

/*
 * A process that takes the place again and again; exit 1: not alone in it.
 *
 * mortal	it is ended while it has the place
 */
static int
rival(const char *inside, bool mortal)
{
	struct lease_page left;
	struct lease *l;
	int fd, i;

	for (i = 0; i < ROUNDS;) {
		l = take(&left, NULL);
		if (l == NULL)
			continue;
		lease_page_clear(&left);
		fd = open(inside, O_CREAT | O_EXCL | O_WRONLY, 0666);
		if (fd < 0)
			return (1);
		close(fd);
		g_usleep(100);
		if (unlink(inside) != 0)
			return (1);
		if (mortal && i == ROUNDS / 2)
			return (0);
		lease_drop(l);
		i++;
	}
	return (0);
}

static void
of_many_one_has_it(void)
{
	g_autofree char *inside = NULL;
	int i, status;

	setup();
	inside = g_build_filename(root, "inside", NULL);
	for (i = 0; i < RIVALS; i++)
		if (fork() == 0)
			_exit(rival(inside, i % 2 == 0));
	for (i = 0; i < RIVALS; i++) {
		g_assert_cmpint(wait(&status), >, 0);
		g_assert_cmpint(status, ==, 0);
	}
	g_assert_true(is_free());
	teardown();
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/lease/one_at_a_time", one_at_a_time);
	g_test_add_func("/lease/the_dead_give_way_at_once",
	    the_dead_give_way_at_once);
	g_test_add_func("/lease/what_the_dead_made_is_waited_for",
	    what_the_dead_made_is_waited_for);
	g_test_add_func("/lease/another_host_is_waited_for",
	    another_host_is_waited_for);
	g_test_add_func("/lease/another_container_is_known_by_its_lock",
	    another_container_is_known_by_its_lock);
	g_test_add_func("/lease/who_lost_it_knows", who_lost_it_knows);
	g_test_add_func("/lease/another_word_is_another_owner",
	    another_word_is_another_owner);
	g_test_add_func("/lease/one_process_has_it_once",
	    one_process_has_it_once);
	g_test_add_func("/lease/what_is_no_lease_stays",
	    what_is_no_lease_stays);
	g_test_add_func("/lease/a_hostile_page_names_nothing",
	    a_hostile_page_names_nothing);
	g_test_add_func("/lease/an_empty_page_is_nobodys",
	    an_empty_page_is_nobodys);
	g_test_add_func("/lease/of_many_one_has_it", of_many_one_has_it);
	return (g_test_run());
}
