/* SPDX-License-Identifier: MIT */
#include "interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <sys/resource.h>

static volatile sig_atomic_t asked = 0;

/* The signal is blocked while this runs, so the raised one arrives on
 * return, with its default effect: the shell sees a death by signal. */
static void on_signal(int number)
{
    if (asked != 0) {
        (void)signal(number, SIG_DFL);
        (void)raise(number);
    }
    asked = 1;
}

void interrupt_harden(void)
{
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN);
    const struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
}

void interrupt_listen(void)
{
    static const int numbers[] = {SIGINT, SIGTERM};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct sigaction old;
        if (sigaction(numbers[i], NULL, &old) != 0 ||
            old.sa_handler == SIG_IGN) {
            continue;
        }
        struct sigaction action = {.sa_handler = on_signal,
                                   .sa_flags = SA_RESTART};
        (void)sigemptyset(&action.sa_mask);
        (void)sigaction(numbers[i], &action, NULL);
    }
}

bool interrupt_asked(void)
{
    return asked != 0;
}
